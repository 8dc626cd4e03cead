// Reloads the page when a file has changed. The place on it is kept, also while a mistake is being mended.
(() => {
  const { version, mistake } = document.currentScript.dataset;
  const key = "place:" + location.pathname;
  const kept = sessionStorage.getItem(key);
  if (kept !== null && mistake === undefined) {
    const back = () => scrollTo(0, Number(kept));
    back();
    document.fonts.ready.then(back);
    sessionStorage.removeItem(key);
  }
  // only when the browser has had its own try, which after a mistake would be the top
  addEventListener("load", () => setTimeout(() => { history.scrollRestoration = "auto"; }));
  new EventSource("/@changes").onmessage = (event) => {
    if (event.data === version) return;
    if (mistake === undefined) sessionStorage.setItem(key, String(scrollY));
    history.scrollRestoration = "manual";
    location.reload();
  };
})();
