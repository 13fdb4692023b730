"use strict";
// Settings first, before anything is painted; then, when the page is there, search, jumps and formulas.
(() => {
  const root = document.documentElement;
  const live = () => root.dataset.live;
  const DEFAULTS = { width: "phone", side: "both", open: false, work: false };
  const KEY = "dlcards-preview";
  const storage = (name) => {
    try {
      return window[name]; // a browser may forbid it for files
    } catch {
      return null;
    }
  };
  const read = (store, key) => {
    try {
      return JSON.parse(storage(store)?.getItem(key)) || {};
    } catch {
      return {};
    }
  };
  const write = (store, key, value) => {
    try {
      storage(store)?.setItem(key, JSON.stringify(value));
    } catch {
      // full or forbidden: settings hold until the page is left
    }
  };

  const chosen = read("localStorage", KEY);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const settings = () => ({ theme: dark.matches ? "night" : "day", ...DEFAULTS, ...chosen });
  const dress = () => {
    const now = settings();
    for (const name of ["theme", "width", "side"]) root.dataset[name] = now[name];
    // On the cards as in Anki, and on the root, which is there before any card is painted.
    for (const element of [root, ...document.getElementsByClassName("card")])
      for (const name of ["nightMode", "night_mode"]) element.classList.toggle(name, now.theme === "night");
    return now;
  };
  dress();

  // What MathJax is told is what Anki tells it, save that errors are shown: Anki hides them.
  let mathIsReady;
  const math = new Promise((resolve) => (mathIsReady = resolve));
  window.MathJax = {
    tex: {
      displayMath: [["\\[", "\\]"]],
      processEscapes: false,
      processEnvironments: false,
      processRefs: false,
      packages: { "[-]": ["textmacros", "noerrors"] },
    },
    options: { enableMenu: false },
    startup: {
      typeset: false,
      ready() {
        MathJax.startup.defaultReady();
        MathJax.startup.promise.then(mathIsReady);
      },
    },
  };

  document.addEventListener("DOMContentLoaded", () => {
    const $ = (id) => document.getElementById(id);
    const [deck, search, found, alert_] = ["pv-deck", "pv-search", "pv-found", "pv-alert"].map($);
    const bar = document.querySelector(".pv-bar");
    // Compatibility decomposition: half-typed Hangul (ㄱ, 겨, 경ㅅ) is a beginning of what it becomes.
    const fold = (text) => text.normalize("NFKD").toLowerCase();
    const entries = [...document.querySelectorAll(".pv-entry")];
    const questions = [...document.querySelectorAll(".pv-question")].map((element, number) => ({
      element,
      entry: entries[number],
      id: fold(element.querySelector(".pv-title .pv-id").textContent),
      text: fold(element.textContent),
    }));
    let visible = questions;

    // Search, and problems only.
    const fits = (question, words) =>
      words.every((word) =>
        word.startsWith("#")
          ? question.id === word || question.id.startsWith(word + "-")
          : question.text.includes(word),
      );
    const filter = () => {
      const words = fold(search.value).split(/\s+/).filter(Boolean);
      const work = settings().work;
      visible = questions.filter((question) => {
        const shown = (!work || "work" in question.element.dataset) && fits(question, words);
        question.element.hidden = question.entry.parentElement.hidden = !shown;
        return shown;
      });
      for (const heading of document.querySelectorAll(".pv-document")) heading.hidden = words.length || work;
      $("pv-nothing").hidden = visible.length > 0;
      found.textContent = words.length || work ? found.dataset.words.replace("{0}", visible.length) : "";
      highlight();
    };
    // The words where they stand, as typed; half a syllable finds questions, but has no place of its own.
    const highlight = () => {
      const words = search.value.toLowerCase().split(/\s+/).filter((word) => word && !word.startsWith("#"));
      const places = window.Highlight && new Highlight();
      for (const fold of deck.querySelectorAll("[data-match]")) delete fold.dataset.match;
      for (const { element } of places && words.length ? visible : []) {
        const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        while (places.size < 2000 && texts.nextNode()) {
          const node = texts.currentNode;
          const text = node.data.toLowerCase();
          if (text.length !== node.data.length) continue; // İ: places would be others
          for (const word of words)
            for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
              const range = new Range();
              range.setStart(node, at);
              range.setEnd(node, at + word.length);
              places.add(range);
              const fold = node.parentElement.closest("details");
              if (fold) fold.dataset.match = "";
            }
        }
      }
      if (places) CSS.highlights.set("pv-match", places);
    };
    search.addEventListener("input", () => {
      keep = null;
      filter();
      if (search.value) scrollTo(0, 0);
    });

    // Where the reader is, and jumps.
    const edge = () => bar.getBoundingClientRect().bottom + 24;
    const current = () => {
      let [low, high] = [0, visible.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (visible[middle].element.getBoundingClientRect().top <= edge()) low = middle + 1;
        else high = middle;
      }
      return low - 1;
    };
    // What a jump leads to stays in its place while what lies above takes its true height (formulas, what
    // was never painted), until the reader moves.
    let keep = null;
    const hold = (place) => {
      keep = place;
      place();
    };
    for (const name of ["wheel", "touchmove", "pointerdown", "mousedown", "keydown"])
      addEventListener(name, () => (keep = null), { capture: true, passive: true });
    const show = (element) => hold(() => element.scrollIntoView());
    const jump = () => {
      const element = $(decodeURIComponent(location.hash.slice(1)));
      if (!element?.classList.contains("pv-question")) return;
      if (element.hidden) {
        search.value = "";
        chosen.work = false;
        apply();
      }
      show(element);
      panels.forEach(([button]) => open(button, false));
    };
    addEventListener("hashchange", jump);
    const step = (by) => {
      const next = visible[Math.max(0, current() + by)];
      if (next) history.replaceState(null, "", next.entry.getAttribute("href"));
      if (next) show(next.element);
    };
    let waiting = false;
    const spy = () => {
      waiting = false;
      const here = visible[current()]?.entry;
      for (const entry of entries) if (entry !== here) entry.removeAttribute("aria-current");
      if (!here || here.hasAttribute("aria-current")) return;
      here.setAttribute("aria-current", "true");
      const list = $("pv-index");
      const [inner, outer] = [here.getBoundingClientRect(), list.getBoundingClientRect()];
      if (inner.top < outer.top || inner.bottom > outer.bottom)
        list.scrollTop += inner.top - outer.top - outer.height / 3;
    };
    addEventListener("scroll", () => {
      if (!waiting) requestAnimationFrame(spy);
      waiting = true;
    });

    addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        if (document.activeElement === search) search.value = "";
        filter();
        panels.forEach(([button]) => open(button, false));
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input[type=search]")) return;
      const action = { "/": () => search.focus(), n: () => step(1), p: () => step(-1) }[event.key];
      if (action) event.preventDefault();
      action?.();
    });
    search.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      const exact = questions.find((question) => question.id === fold(search.value.trim()));
      const first = exact || visible[0];
      if (first) location.hash = first.entry.getAttribute("href");
      if (first) show(first.element);
    });

    // Settings and the two panels of a narrow window.
    const apply = () => {
      const now = dress();
      for (const input of document.querySelectorAll(".pv-settings input"))
        input.checked = input.type === "radio" ? input.value === now[input.name] : now[input.name];
      if (now.open !== opened)
        for (const details of deck.querySelectorAll(".card details")) details.open = now.open;
      opened = now.open;
      filter();
    };
    let opened = false;
    $("pv-settings").addEventListener("change", ({ target }) => {
      const here = visible[current()];
      const top = here?.element.getBoundingClientRect().top;
      chosen[target.name] = target.type === "radio" ? target.value : target.checked;
      write("localStorage", KEY, { ...chosen, work: undefined });
      apply();
      const stay = () => scrollBy(0, here.element.getBoundingClientRect().top - top);
      if (here && !here.element.hidden) hold(stay);
    });
    dark.addEventListener("change", () => dress());
    const panels = [...document.querySelectorAll(".pv-narrow")].map((button) => [
      button,
      $(button.getAttribute("aria-controls")),
    ]);
    const open = (button, wanted) => {
      for (const [other, panel] of panels) {
        const isOpen = other === button && wanted;
        other.setAttribute("aria-expanded", isOpen);
        panel.toggleAttribute("data-open", isOpen);
      }
    };
    for (const [button] of panels)
      button.addEventListener("click", () => open(button, button.getAttribute("aria-expanded") === "false"));
    const measure = () => {
      if (!$("pv-settings").hasAttribute("data-open")) root.style.setProperty("--pv-bar", `${bar.offsetHeight}px`);
    };
    new ResizeObserver(measure).observe(bar);
    measure();
    const settling = new ResizeObserver(() => keep?.());
    settling.observe(deck);
    settling.observe(bar);

    // Links leave the preview open; on the card they leave Anki open, too.
    deck.addEventListener("click", (event) => {
      const link = event.target.closest?.(".card a[href]");
      if (link) Object.assign(link, { target: "_blank", rel: "noopener" });
    });

    // Formulas are typeset when their card comes near; what goes wrong is said on the card.
    const complain = (side, message) => {
      const question = side.closest(".pv-question");
      const line = document.createElement("p");
      line.className = "pv-problem pv-is-error";
      line.textContent = message;
      side.querySelector(".pv-label").after(line);
      question.dataset.work = "";
    };
    let queue = Promise.resolve();
    const typeset = (side) => {
      queue = queue.then(async () => {
        await math;
        const card = side.querySelector(".card");
        MathJax.texReset(); // labels and numbers of the card before: Anki shows one at a time
        await MathJax.typesetPromise([card]);
        const wrong = [...card.querySelectorAll("mjx-merror")].map((error) => error.dataset.mjxError);
        // What MathJax takes for no formula (a brace too few, say) stays as it was written.
        const rest = card.cloneNode(true);
        rest.querySelectorAll("pre, code, mjx-container").forEach((element) => element.remove());
        rest.querySelectorAll("span:empty").forEach((element) => element.append("\u2060")); // parts text that is none
        wrong.push(...(rest.textContent.match(/\\[([].{0,60}/g) || []));
        for (const message of wrong) complain(side, `${deck.dataset.mathError}: ${message}`);
      });
    };
    const near = new IntersectionObserver(
      (seen) => {
        for (const { target, isIntersecting } of seen) {
          if (!isIntersecting) continue;
          near.unobserve(target);
          typeset(target);
        }
      },
      { rootMargin: "800px 0px" },
    );
    for (const side of deck.querySelectorAll(".pv-side")) if (/\\[([]/.test(side.textContent)) near.observe(side);
    deck.addEventListener(
      "error",
      ({ target }) => target.tagName === "IMG" && complain(target.closest(".pv-side"), deck.dataset.pictureError),
      true,
    );

    // A page that is served comes again when its documents change: to the same place, as it was left.
    const folds = (question) => [...question.element.querySelectorAll("details")];
    const leave = () => {
      const here = visible[Math.max(0, current())];
      write("sessionStorage", KEY, {
        anchor: here?.element.id,
        top: here?.element.getBoundingClientRect().top,
        query: search.value,
        work: settings().work,
        open: questions
          .map((question) => [question.element.id, folds(question).map((details) => details.open)])
          .filter(([, states]) => states.includes(true)),
      });
      location.reload();
    };
    const comeBack = (left) => {
      history.scrollRestoration = "manual";
      search.value = left.query || "";
      chosen.work = left.work;
      for (const [anchor, states] of left.open || []) {
        const question = questions.find(({ element }) => element.id === anchor);
        if (question) folds(question).forEach((details, number) => (details.open = states[number] ?? details.open));
      }
      apply();
      const settle = () => {
        const element = left.anchor && $(left.anchor);
        if (element) scrollBy(0, element.getBoundingClientRect().top - left.top);
      };
      hold(settle);
    };
    const watch = () => {
      const events = new EventSource("events");
      events.addEventListener("message", ({ data }) => {
        const { version, problem } = JSON.parse(data);
        alert_.hidden = !problem;
        alert_.textContent = problem;
        if (!problem && version !== live()) leave();
      });
      events.addEventListener("error", () => {
        alert_.hidden = false;
        alert_.textContent = alert_.dataset.stopped;
      });
    };

    apply();
    const left = read("sessionStorage", KEY);
    storage("sessionStorage")?.removeItem(KEY);
    if (left.anchor || left.query) comeBack(left);
    else jump();
    spy();
    if (live()) watch();
  });
})();
