/* Runs in every page: keeps what is being typed, and puts Streamlit's own words in the language of the page.
   It sends nothing anywhere; what is typed stays in this tab (sessionStorage) until it is saved. */
(() => {
  "use strict";
  const TEXTS = {};
  const FROM = "Chat message from ";
  const KEPT = "waardebalans.typed";
  const PATIENCE = 10000; // milliseconds in which something sent should have been saved
  const FIELD = '[data-testid="stChatInputTextArea"]';
  const UNSENT = ".st-key-wb-unsent"; // what was not accepted, with a button to send it and one to throw it away
  const field = () => document.querySelector(FIELD);
  const talk = () => new URLSearchParams(location.search).get("c");

  // -- what is being typed ----------------------------------------------------------------------

  const load = () => {
    try { return JSON.parse(sessionStorage.getItem(KEPT)); } catch { return null; }
  };
  const keep = (typed) => {
    try { sessionStorage.setItem(KEPT, JSON.stringify(typed)); } catch { /* a full or closed store: nothing is kept */ }
  };
  const forget = () => {
    try { sessionStorage.removeItem(KEPT); } catch { /* nothing was kept */ }
  };
  const lastSaid = () => {
    const said = [...document.querySelectorAll('[class*="st-key-wb-said-"]')];
    return Math.max(-1, ...said.map((turn) => Number(/st-key-wb-said-(\d+)/.exec(turn.className)[1])));
  };
  const idle = () => document.querySelector('[data-testid="stApp"][data-test-script-state="notRunning"]') !== null;

  let sentHere = 0; // when something was sent from this page, as it was loaded
  const seen = new WeakSet(); // fields that were looked at when they appeared

  const sending = (text) => {
    if (!talk() || !text || !text.trim()) return;
    sentHere = Date.now();
    keep({ talk: talk(), text, sent: lastSaid() });
    setTimeout(putBack, PATIENCE + 500);
  };
  const isSaved = (typed) => typed.sent !== null && lastSaid() > typed.sent;

  function putBack() {
    if (document.querySelector(".st-key-wb-erased")) forget();
    const typed = load(), into = field();
    if (!typed || typed.talk !== talk()) return;
    if (isSaved(typed)) return forget();
    if (document.querySelector(UNSENT)) return; // it is on the page already
    const waiting = typed.sent !== null && Date.now() - sentHere < PATIENCE;
    if (!into || into.disabled || !idle() || waiting) return;
    if (seen.has(into) && typed.sent === null) return;
    seen.add(into);
    if (into.value) return;
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(into, typed.text);
    into.dispatchEvent(new Event("input", { bubbles: true }));
  }

  document.addEventListener("input", (event) => {
    if (!event.target.matches(`${FIELD}, ${UNSENT} textarea`) || !talk()) return;
    seen.add(event.target);
    if (event.target.value) keep({ talk: talk(), text: event.target.value, sent: null });
    else forget();
  }, true);
  document.addEventListener("keydown", (event) => {
    const enter = event.key === "Enter" && !event.shiftKey && !event.isComposing;
    if (enter && event.target.matches(FIELD)) sending(event.target.value);
  }, true);
  document.addEventListener("click", (event) => {
    if (event.target.closest('[data-testid="stChatInputSubmitButton"]')) sending(field().value);
    const button = event.target.closest(`${UNSENT} button`);
    if (button && button.matches('[data-testid*="primary"]')) sending(document.querySelector(`${UNSENT} textarea`).value);
    else if (button) forget();
  }, true);

  // -- Streamlit's own words --------------------------------------------------------------------

  const translate = (element, name) => {
    const text = element.getAttribute(name);
    const known = text && TEXTS[text.trim()];
    if (known && known !== text) element.setAttribute(name, known);
  };
  function putInWords() {
    for (const element of document.querySelectorAll("[aria-label]")) {
      const label = element.getAttribute("aria-label");
      if (label.startsWith(FROM) && TEXTS[FROM]) {
        element.setAttribute("aria-label", TEXTS[FROM] + label.slice(FROM.length));
      } else if (label.endsWith(" icon") && element.tagName === "SPAN" && !element.hasAttribute("aria-hidden")) {
        element.setAttribute("aria-hidden", "true"); // a drawing; the words beside it say it
      } else translate(element, "aria-label");
    }
    for (const element of document.querySelectorAll("[placeholder]")) translate(element, "placeholder");
    for (const drawn of document.querySelectorAll('[data-testid="stVegaLiteChart"]')) {
      drawn.removeAttribute("aria-roledescription"); // the picture has a text of its own
      drawn.querySelector("svg, canvas")?.setAttribute("aria-hidden", "true");
    }
    const walk = document.querySelectorAll('[role="dialog"] *, [data-testid="stSelectboxVirtualDropdown"] *, [role="listbox"] *');
    for (const element of walk) {
      for (const part of element.childNodes) {
        const known = part.nodeType === Node.TEXT_NODE && TEXTS[part.data.trim()];
        if (known && known !== part.data) part.data = known;
      }
    }
  }

  // ---------------------------------------------------------------------------------------------

  let planned = 0;
  const look = () => { planned = 0; putBack(); putInWords(); };
  const plan = () => { planned = planned || setTimeout(look, 60); };
  new MutationObserver(plan).observe(document.documentElement, {
    childList: true, subtree: true, attributes: true,
    attributeFilter: ["aria-label", "placeholder", "data-test-script-state", "disabled"],
  });
  plan();
})();
