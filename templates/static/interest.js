// When a card opens and closes: a machine of times and events that knows no document, so that a test can run it
// with a clock of its own.

/* exported createInterest */
const INTEREST = {
  open: 500, // ms of resting on a name: the wait of Wikipedia's page previews
  again: 80, // where a card was just open: the reader is going from card to card
  recent: 300, // how long "just" lasts
  close: 300, // ms to travel from name to card
};

/**
 * clock: {now() -> ms, after(ms, action) -> cancel()}; show(target) and hide(target) do what is decided.
 * A target is whatever the caller likes; it is only compared.
 */
function createInterest(clock, show, hide) {
  let open = null; // whose card is open
  let waiting = null; // for whom a card is about to open
  let refused = null; // dismissed by the reader, until left
  let closedAt = -Infinity;
  let cancelTimer = () => {};

  const later = (wait, action) => {
    cancelTimer();
    cancelTimer = clock.after(wait, action);
  };

  const cancel = () => {
    if (waiting !== null) cancelTimer();
    waiting = null;
  };

  const shut = () => {
    cancelTimer();
    waiting = null;
    if (open === null) return false;
    const target = open;
    open = null;
    closedAt = clock.now();
    hide(target);
    return true;
  };

  /** At once: a finger has no other way to ask. */
  const reveal = (target) => {
    shut();
    open = target;
    show(target);
  };

  return {
    get open() {
      return open;
    },
    get waiting() {
      return waiting;
    },
    /** Pointer or focus has come to a name. */
    enter(target) {
      if (target === refused) return;
      refused = null;
      if (target === open) {
        cancelTimer();
        waiting = null;
        return;
      }
      waiting = target;
      const moving = open !== null || clock.now() - closedAt < INTEREST.recent;
      later(moving ? INTEREST.again : INTEREST.open, () => reveal(target));
    },
    reveal,
    /** Pointer or focus has come to the card. */
    stay() {
      cancelTimer();
      waiting = null;
    },
    /** Pointer and focus are on neither the name nor its card. */
    leave() {
      refused = null;
      cancel();
      if (open !== null) later(INTEREST.close, shut);
    },
    /** Something else is going on: what was about to open does not. */
    cancel,
    /** At once, whatever is open; says whether anything was. */
    shut,
    /** At once, and not again for this name until it has been left. */
    dismiss() {
      refused = open ?? waiting;
      const was = shut();
      if (!was) refused = null;
      return was;
    },
  };
}
