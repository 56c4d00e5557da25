/* The page, made quicker. Without this file everything still works.
 *
 * One file does three things: the exit (on every page of ours), the chat (<lantern-chat> around the plain form), and
 * the frame (the script tag on another site, see docs/embedding.md). It keeps nothing anywhere: what it knows is in
 * memory and in the page. It makes text, never HTML. It says only what the page brought from data/.
 */
(() => {
  "use strict";

  const me = document.currentScript;
  const home = new URL(me.src).origin;
  const elsewhere = home !== location.origin; // we are a guest on another site
  const framed = !elsewhere && window.parent !== window;
  const MINUTE = 60000;
  const REMIND_AFTER = 180 * MINUTE; // that this is a program: some states ask for it
  const ANSWER_WITHIN = 30000;
  const TYPING_AFTER = 250;
  const FRAME_ANSWERS_WITHIN = 300; // the page is hidden meanwhile

  /** A new element. */
  const make = (tag, values, ...children) => {
    const node = Object.assign(document.createElement(tag), values);
    node.append(...children);
    return node;
  };

  /* Leaving. */

  let exit = me.dataset.exit;
  let left = false;
  const beforeLeaving = [];
  const otherTabs = !elsewhere && window.BroadcastChannel ? new BroadcastChannel("leave") : null;

  const empty = () => document.body.replaceChildren();

  // On another site, where our frame has yet to tell the server: taken out of the page, it might not come to that.
  const hide = () => document.documentElement.style.setProperty("display", "none", "important");

  let going;
  const go = () => {
    clearTimeout(going);
    location.replace(exit || "about:blank"); // the frame, which knows where to, never came
  };

  const leave = () => {
    if (left) return;
    left = true;
    beforeLeaving.forEach((act) => act());
    if (elsewhere) hide();
    else empty();
    if (otherTabs) otherTabs.postMessage("");
    if (elsewhere) return (going = setTimeout(go, FRAME_ANSWERS_WITHIN)); // or when our frame says it told the server
    if (!framed) return go();
    window.parent.postMessage({ lantern: "leave", exit }, "*"); // whoever shows us must go, and learns nothing else
    setTimeout(() => window.top.location.replace(exit), FRAME_ANSWERS_WITHIN); // where nobody listens
  };

  if (otherTabs) otherTabs.onmessage = leave;

  document.addEventListener("click", (event) => {
    if (!event.target.closest(".leave")) return;
    event.preventDefault();
    leave();
  });

  let shifts = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift") shifts = []; // a capital letter is not a way out
    else if (!event.repeat) shifts = [...shifts.slice(-2), event.timeStamp];
    if (shifts.length === 3 && shifts[2] - shifts[0] < 5000) leave();
  });

  // A page that comes back out of the browser's memory was emptied when it went.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && !elsewhere && !document.body.firstChild) location.reload();
  });

  /* The chat. */

  class LanternChat extends HTMLElement {
    connectedCallback() {
      this.form = this.querySelector("form");
      if (!this.form || this.words) return;
      this.words = JSON.parse(this.dataset.words);
      this.idle = Number(this.dataset.idle) * MINUTE;
      this.field = this.querySelector("textarea");
      this.log = this.querySelector("[role=log]");
      this.offered = this.querySelector(".offered");
      this.tools = this.querySelector(".tools");
      this.first = this.querySelector(".first");
      this.started = !this.first;
      this.noted = this.querySelector("[role=log] > .notice");
      this.touched = this.reminded = Date.now();
      const hidden = this.form.elements.talk;
      this.talk = hidden.value;
      hidden.remove();
      if (this.started) this.keep(); // and changes a long talk for a short one

      this.form.addEventListener("submit", (event) => this.submit(event));
      this.field.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
        event.preventDefault();
        this.write();
      });
      this.field.addEventListener("input", () => {
        this.typed = Date.now();
        if (this.started && this.typed - this.touched > this.idle / 3) this.keep();
      });
      this.querySelectorAll("footer a:not([href^=tel])").forEach((link) => {
        Object.assign(link, { target: "_blank", rel: "noopener" }); // leaving the page would end the talk
      });
      setInterval(() => this.watch(), 5000);
      document.addEventListener("visibilitychange", () => this.watch());
      beforeLeaving.push(() => this.forget());
      window.addEventListener("pagehide", () => {
        this.forget();
        empty();
      });
    }

    submit(event) {
      event.preventDefault();
      const button = event.submitter || document.activeElement;
      if (button && button.name === "choice") this.send(button.textContent, { choice: button.value });
      else this.write();
    }

    write() {
      const text = this.field.value;
      if (this.busy || !text.trim()) return this.field.focus();
      this.field.value = "";
      this.send(text, { text });
    }

    /** One turn. Whatever goes wrong, what was typed is in its field again. */
    async send(said, message) {
      if (this.busy) return;
      this.busy = true;
      this.note();
      const round = make("div", { className: "round" }, this.said(said));
      this.log.append(round);
      const typing = make("p", { className: "typing" }, make("i"), make("i"), make("i"));
      typing.setAttribute("aria-hidden", "true");
      const wait = setTimeout(() => {
        round.append(typing);
        round.scrollIntoView({ block: "nearest" });
      }, TYPING_AFTER);
      try {
        const reply = await this.post("/talk", message);
        clearTimeout(wait);
        typing.remove();
        this.show(reply, round);
      } catch (problem) {
        clearTimeout(wait);
        round.remove();
        if (message.text) this.field.value = [message.text, this.field.value].filter(Boolean).join("\n");
        this.note(this.words[problem.message] || this.words.failed);
      }
      this.busy = false;
    }

    /** Posts JSON and returns JSON. Throws an Error whose message is the name of the sentence to say. */
    async post(path, message) {
      const stop = new AbortController();
      const timer = setTimeout(() => stop.abort(), ANSWER_WITHIN);
      const problem = () => new Error(navigator.onLine ? "unreachable" : "offline");
      const response = await fetch(path + "?lang=" + document.documentElement.lang, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(Object.assign({ talk: this.talk }, message)),
        signal: stop.signal,
      }).catch(() => {
        throw problem();
      });
      const names = { 410: "expired", 413: "too_big", 429: "slow_down", 502: "unreachable", 503: "unreachable" };
      if (!response.ok) throw new Error(names[response.status] || "failed");
      const reply = await response.json().catch(() => {
        throw problem();
      });
      clearTimeout(timer);
      this.talk = reply.talk;
      this.touched = Date.now();
      return reply;
    }

    show(reply, round) {
      if (reply.forgotten) {
        this.log.replaceChildren(round);
        round.replaceChildren();
      }
      if (reply.around) this.speak(reply.around, reply.language);
      if (reply.notice) round.prepend(make("p", { className: "notice", textContent: reply.notice }));
      round.append(this.answer(reply.answer, reply.language));
      const typedOn = document.activeElement === this.field || matchMedia("(pointer: fine)").matches;
      this.offered.replaceChildren(...this.choices(reply.answer.choices));
      if (this.first) this.first.remove();
      this.started = !reply.forgotten;
      this.tools.hidden = !this.started;
      (typedOn ? this.field : this.offered).focus({ preventScroll: true });
      round.scrollIntoView({ block: "start" });
    }

    /** Says everything around the talk in another language, as the page would (surroundings.py). */
    speak({ words, say, labels, tools, crisis }, language) {
      this.words = words;
      document.documentElement.lang = language;
      document.title = say["page.title"];
      this.tools.replaceChildren(...this.choices(tools));
      this.querySelector(".crisis").replaceChildren(...this.pieces(crisis));
      this.querySelectorAll("footer nav a").forEach((link) => (link.search = "?lang=" + language));
      for (const part of [this, this.first || this]) {
        part.querySelectorAll("[data-say]").forEach((it) => (it.textContent = say[it.dataset.say]));
        part.querySelectorAll("[data-label]").forEach((it) => it.setAttribute("aria-label", say[it.dataset.label]));
        part.querySelectorAll(".first [name=choice]").forEach((it) => (it.textContent = labels[it.value]));
        part.querySelectorAll("[hreflang]").forEach((it) => it.setAttribute("aria-current", it.lang === language));
      }
    }

    /* What a turn looks like: the same as templates/lines.html. */

    said(text) {
      const you = this.who("you");
      you.dataset.say = "widget.you";
      return make("p", { className: "said", dir: "auto", translate: false }, you, " ", text);
    }

    who(name) {
      return make("bdi", { className: "who", textContent: this.words[name] });
    }

    answer({ lines, sources, checked }, lang) {
      const node = make("div", { className: "answer", lang }, this.who("me"));
      for (const { kind, pieces } of lines) {
        node.append(make("p", { className: kind }, ...this.pieces(pieces)));
      }
      if (sources.length) {
        const links = sources.map(({ title, url }) =>
          make("li", {}, make("a", { href: url, target: "_blank", rel: "noreferrer noopener nofollow" }, title)),
        );
        const unfolded = make("details", {}, make("summary", {}, this.words.sources), make("ul", {}, ...links));
        if (checked) unfolded.append(make("p", {}, checked));
        node.append(unfolded);
      }
      return node;
    }

    pieces(pieces) {
      return pieces.map(([text, call]) => (call ? make("a", { href: "tel:" + call, textContent: text }) : text));
    }

    choices(choices) {
      return choices.map(({ label, value }) => make("button", { name: "choice", value, textContent: label }));
    }

    /** Says one sentence at the end of the talk, in place of the one before; `button` stands behind it. */
    note(sentence, button) {
      if (this.noted) this.noted.remove();
      this.noted = null;
      if (!sentence) return;
      this.noted = make("p", { className: "notice" }, sentence);
      if (button) this.noted.append(" ", button);
      this.log.append(this.noted);
      this.noted.scrollIntoView({ block: "center" }); // not under the field, which grows with what is in it
    }

    /* Forgetting. */

    /** Tells the server to forget, in a way that outlives the page. */
    forget() {
      if (this.started || this.busy) navigator.sendBeacon("/leave", new URLSearchParams({ talk: this.talk, stay: "" }));
      this.started = false;
    }

    /** Starts the idle time anew here and on the server. */
    keep() {
      this.warned = false;
      this.touched = Date.now();
      return this.post("/talk/keep", {}).then(
        () => this.note(),
        (problem) => (problem.message === "expired" ? this.wipe() : this.note(this.words[problem.message])),
      );
    }

    /** Looks at the clock: warns, and in the end deletes. */
    watch() {
      if (left || (!this.started && !this.field.value)) return;
      if (this.started && Date.now() - this.reminded > REMIND_AFTER) {
        this.reminded = Date.now();
        this.note(this.words.program);
      }
      const quiet = Date.now() - Math.max(this.touched, this.typed || 0);
      if (quiet >= this.idle) return this.wipe();
      if (!this.started || this.warned || quiet < Math.max(this.idle - 2 * MINUTE, this.idle / 2)) return;
      this.warned = true;
      const button = make("button", { type: "button", textContent: this.words.idle_keep });
      button.addEventListener("click", () => {
        this.keep();
        this.field.focus({ preventScroll: true });
      });
      this.note(this.words.idle_soon, button);
    }

    /** The talk is gone, here and on the server. */
    wipe() {
      this.forget();
      this.talk = "";
      this.field.value = "";
      this.warned = false;
      this.log.replaceChildren();
      this.offered.replaceChildren();
      this.tools.hidden = true;
      if (this.first) this.log.before(this.first);
      this.note(this.words.idle_done);
    }
  }

  /* On another site: a frame of ours, where that site's scripts cannot read along. */

  const showFrame = () => {
    const { language, colours, opening, height } = me.dataset;
    const frame = make("iframe", {
      src: home + "/" + (language ? "?lang=" + encodeURIComponent(language) : ""),
      title: new URL(home).hostname,
      referrerPolicy: "no-referrer",
    });
    Object.assign(frame.style, { width: "100%", height: height || "40rem", maxHeight: "90vh", border: "1px solid" });
    const holder = make("lantern-chat", {}, frame);
    holder.style.display = "block";
    me.after(holder);

    const tell = (message) => frame.contentWindow && frame.contentWindow.postMessage(message, home);
    beforeLeaving.push(() => tell({ lantern: "leave" }));
    let ready = false;
    window.addEventListener("message", ({ origin, source, data }) => {
      if (origin !== home || source !== frame.contentWindow || !data) return;
      ready = true;
      exit = exit || data.exit;
      if (data.lantern === "leave") {
        leave();
        return go();
      }
      frame.title = data.title;
      tell({ lantern: "set up", colours, opening });
    });
    frame.addEventListener("load", () =>
      setTimeout(() => {
        if (ready) return; // refused, or not reachable: the ways that are left
        const link = make("a", { href: home, textContent: new URL(home).hostname, rel: "noreferrer" });
        holder.replaceChildren(link, " · ", make("a", { href: "tel:988", textContent: "988" }));
      }, 3000),
    );
  };

  /** In that frame: what the site around us wants changed. Text and colours only. */
  const inFrame = () => {
    document.documentElement.classList.add("framed");
    window.addEventListener("message", ({ source, data }) => {
      if (source !== window.parent || !data) return;
      if (data.lantern === "leave") return leave();
      for (const pair of (data.colours || "").split(",")) {
        const [name, colour] = pair.split(":").map((part) => part.trim());
        if (/^(ink|paper|soft|line|link|mine|exit)$/.test(name) && CSS.supports("color", colour))
          document.documentElement.style.setProperty("--" + name, colour);
      }
      const before = document.querySelector(".first");
      if (data.opening && before) before.prepend(make("p", { textContent: data.opening }));
    });
    window.parent.postMessage({ lantern: "ready", exit, title: document.title }, "*");
  };

  if (elsewhere) return showFrame();
  if (framed) inFrame();
  customElements.define("lantern-chat", LanternChat);
})();
