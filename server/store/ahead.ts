// Asking who and what at once: a question that travels in front of somebody's first statement, in the
// same packet and transaction. What the statement answers counts only when the question was answered as
// expected.
import type { Answer, Step } from './errand.ts';

/** The question was answered otherwise, or could not be asked: nothing that was read counts. */
export class Mistaken extends Error {}

/** A question to ask with the first statement of a handle. */
export class Ahead {
  readonly #question: Step;
  readonly #expects: (answer: Answer) => boolean;
  #asked = false;
  #holds = false;

  constructor(question: Step, expects: (answer: Answer) => boolean) {
    this.#question = question;
    this.#expects = expects;
  }

  /** Whether it was answered as expected. */
  get holds(): boolean {
    return this.#holds;
  }

  /** The question, the first time. */
  take(): Step | null {
    if (this.#asked) return null;
    this.#asked = true;
    return this.#question;
  }

  /** Takes the answer. Throws `Mistaken` when it is another. */
  judge(answer: Answer): void {
    this.#holds = this.#expects(answer);
    if (!this.#holds) throw new Mistaken();
  }

  /** For what cannot carry the question. Throws `Mistaken` while it was not asked. */
  mustBeAsked(): void {
    if (!this.#asked) throw new Mistaken();
  }
}
