// Before the first paint: language, direction and light or dark as the desk left them in its cookie (relais-look: "fr.dark"), and
// whether the phone stands inside the desk, which then shows the title and the languages itself.
"use strict";

(() => {
  const [language, scheme] = (document.cookie.match(/(?:^|; )relais-look=([^;]*)/)?.[1] ?? "").split(".");
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const paint = () => { root.dataset.scheme = scheme === "dark" || (scheme !== "light" && dark.matches) ? "dark" : "light"; };
  paint();
  dark.addEventListener("change", paint);
  if (language) root.dataset.language = language;
  if (new URLSearchParams(location.search).get("embedded") === "1") root.dataset.embedded = "1";
})();
