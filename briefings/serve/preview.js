// Reloads the page when a file has changed. Keeps the scroll position, also while an error page is shown between.
(() => {
  const { version, error } = document.currentScript.dataset;
  const key = "scroll:" + location.pathname;
  const saved = sessionStorage.getItem(key);
  if (saved !== null && error === undefined) {
    const back = () => scrollTo(0, Number(saved));
    back();
    document.fonts.ready.then(back);
    sessionStorage.removeItem(key);
  }
  // Only after the browser has restored the position itself, which would be the top after an error page.
  addEventListener("load", () => setTimeout(() => { history.scrollRestoration = "auto"; }));
  new EventSource("/@changes").onmessage = (event) => {
    if (event.data === version) return;
    if (error === undefined) sessionStorage.setItem(key, String(scrollY));
    history.scrollRestoration = "manual";
    location.reload();
  };
})();
