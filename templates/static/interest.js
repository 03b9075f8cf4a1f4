// When a card opens and closes: a state machine of times and events without a document, so that a test can run it with
// a clock of its own.

/* exported createInterest, BROWSER_CLOCK */
const INTEREST = {
  open: 500, // ms of resting on a name: the wait of Wikipedia's page previews
  again: 80, // if a card was just open: the reader moves from card to card
  recent: 300, // how long "just" lasts
  close: 300, // ms to travel from name to card
};

const BROWSER_CLOCK = {
  now: () => performance.now(),
  after(wait, action) {
    const timer = setTimeout(action, wait);
    return () => clearTimeout(timer);
  },
};

/**
 * clock: {now() -> ms, after(ms, action) -> cancel()}; show(target) and hide(target) carry out the decisions.
 * A target may be any value; it is only compared.
 */
function createInterest(clock, show, hide) {
  let open = null; // target whose card is open
  let waiting = null; // target whose card is about to open
  let refused = null; // target that the reader dismissed, until it is left
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

  /** Open at once, for example after a touch. */
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
    /** Pointer or focus has entered a name. */
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
    /** Pointer or focus has entered the card. */
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
    /** Do not open a card that was about to open. */
    cancel,
    /** Close at once; true if a card was open. */
    shut,
    /** Close at once, and do not open again for this name until it has been left; true if a card was open. */
    dismiss() {
      refused = open ?? waiting;
      const was = shut();
      if (!was) refused = null;
      return was;
    },
  };
}
