// Makes pages quicker; every page works without it.

const typing = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;

// "/" goes to the search field, unless someone is typing or has switched it off (WCAG 2.1.4).
const KEY = "ipf-shortcut";
const shortcut = document.querySelector("[data-shortcut]");
const search = document.querySelector("[data-search]");

function remembered() {
  try {
    return localStorage.getItem(KEY) !== "off";
  } catch {
    return true; // storage is closed to us: keep the default
  }
}

let shortcutOn = remembered();

if (shortcut && search) {
  const button = shortcut.querySelector("button");
  button.setAttribute("aria-pressed", String(shortcutOn));
  shortcut.hidden = false;
  button.addEventListener("click", () => {
    shortcutOn = !shortcutOn;
    button.setAttribute("aria-pressed", String(shortcutOn));
    try {
      localStorage.setItem(KEY, shortcutOn ? "on" : "off");
    } catch {
      // it holds for this page only
    }
  });
}

document.addEventListener("keydown", (event) => {
  if (event.key === "/" && shortcutOn && search && !typing(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    search.focus();
  }
  if (event.key === "Escape") {
    const menu = event.target.closest("details[data-menu][open]") ?? document.querySelector("details[data-menu][open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  }
});

// A menu closes when one goes on elsewhere.
for (const kind of ["click", "focusin"]) {
  document.addEventListener(kind, (event) => {
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      if (!menu.contains(event.target)) {
        menu.open = false;
      }
    }
  });
}

// Filters answer at once where htmx swaps only the results: the focus stays, the button stays.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-autosubmit]");
  if (form && window.htmx && event.target.matches("select, [type=checkbox], [type=radio]")) {
    form.requestSubmit();
  }
});

// After a refused form the reader starts at what must be mended.
document.querySelector("[data-focus]")?.focus();

// A file that is too large is named before it is sent; the server says the same.
function sized(event) {
  const field = event.target.matches("form") ? event.target.querySelector("[data-most]") : event.target.closest("[data-most]");
  field?.setCustomValidity(field.files[0]?.size > field.dataset.most ? field.dataset.tooLarge : "");
  if (field?.validity.customError && !field.reportValidity()) {
    event.preventDefault();
    event.stopPropagation();
  }
}
document.addEventListener("change", sized);
document.addEventListener("submit", sized, true);
