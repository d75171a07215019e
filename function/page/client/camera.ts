import type { Answer, HealthBody } from '../../../facts/answers.ts';
import { AnswerError } from './answer-error.ts';
import { costOfCalls } from './call-cost.ts';
import { longestRunInMs, mostAnswers, nextInterval, shortestIntervalInMs, waitFor } from './camera-pace.ts';
import { element, make } from './element.ts';
import { predictPhoto } from './service.ts';
import { dollars, percent, verdictWords } from './words.ts';

const longestSideInPixels = 640;
const typicalCallInMs = 50;
const find = <T extends Element>(id: string, kind: new () => T) => element(document, `#${id}`, kind);
const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export interface CameraParts {
  readonly health: () => HealthBody | undefined;
  /** Takes a picture that is to stay. */
  readonly keep: (picture: Blob) => void;
}

/** Shows the button of the live camera where the browser knows of one. */
export async function offerCamera(parts: CameraParts): Promise<void> {
  const devices = await navigator.mediaDevices?.enumerateDevices().catch(() => []);
  const button = find('live', HTMLButtonElement);
  button.hidden = devices?.some(({ kind }) => kind === 'videoinput') !== true;
  const camera = new LiveCamera(parts, button);
  button.addEventListener('click', () => camera.start());
  find('stop', HTMLButtonElement).addEventListener('click', () => camera.stop('Stopped.'));
  find('keep', HTMLButtonElement).addEventListener('click', () => camera.keep());
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) camera.stop('Stopped, since the page was hidden.');
  });
}

/** What the camera sees, asked again and again: two answers a second at most, for a minute at most. */
class LiveCamera {
  readonly #parts: CameraParts;
  readonly #button: HTMLButtonElement;
  readonly #panel = find('camera', HTMLElement);
  readonly #video = find('video', HTMLVideoElement);
  #run: AbortController | undefined;

  constructor(parts: CameraParts, button: HTMLButtonElement) {
    this.#parts = parts;
    this.#button = button;
  }

  async start(): Promise<void> {
    if (this.#run !== undefined) return;
    const run = new AbortController();
    this.#run = run;
    const cost = costOfCalls(mostAnswers, typicalCallInMs, this.#parts.health()?.architecture ?? 'arm64');
    find('camera-cost', HTMLElement).textContent =
      `Two answers a second at most, for a minute: up to ${mostAnswers} calls, on AWS Lambda about ${dollars(cost)}. It ends when the page is hidden.`;
    this.#reveal(true);
    this.#say('Asking for the camera…');
    try {
      this.#video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      await this.#video.play();
    } catch {
      this.stop('The browser gave no camera. Allow it for this page, then try again.');
      this.#reveal(true);
      return;
    }
    find('keep', HTMLButtonElement).focus();
    await this.#watch(run.signal);
  }

  stop(words: string): void {
    if (this.#run === undefined) return;
    this.#run.abort();
    this.#run = undefined;
    const stream = this.#video.srcObject;
    if (stream instanceof MediaStream) for (const track of stream.getTracks()) track.stop();
    this.#video.srcObject = null;
    const hadFocus = this.#panel.contains(document.activeElement);
    this.#reveal(false);
    this.#say(words);
    if (hadFocus) this.#button.focus();
  }

  async keep(): Promise<void> {
    const picture = await this.#takePicture();
    this.stop('Kept.');
    if (picture !== undefined) this.#parts.keep(picture);
  }

  async #watch(signal: AbortSignal): Promise<void> {
    const endsAt = performance.now() + longestRunInMs;
    let interval = shortestIntervalInMs;
    let answers = 0;
    let milliseconds = 0;
    while (!signal.aborted && performance.now() < endsAt) {
      const sentAt = performance.now();
      try {
        const picture = await this.#takePicture();
        const answer = picture && (await predictPhoto(picture, { signal }));
        if (answer !== undefined) {
          answers++;
          milliseconds += answer.timing.totalMs;
          this.#show(answer);
        }
        const cost = costOfCalls(
          answers,
          milliseconds / Math.max(1, answers),
          this.#parts.health()?.architecture ?? '',
        );
        const left = Math.max(0, Math.ceil((endsAt - performance.now()) / 1_000));
        this.#say(`${answers} answers, about ${dollars(cost)} so far; ${left} s left.`);
        interval = nextInterval(interval, 'answered');
      } catch (error) {
        if (signal.aborted) return;
        interval = nextInterval(interval, 'busy');
        this.#say(error instanceof AnswerError ? `${error.message} Slowing down.` : 'No answer came.');
      }
      await sleep(waitFor(interval, sentAt, performance.now()));
    }
    this.stop('A minute is over.');
  }

  #reveal(isOn: boolean): void {
    this.#panel.hidden = !isOn;
    document.body.classList.toggle('has-camera', isOn);
  }

  #show({ label, probability, verdict }: Answer): void {
    const name = make('strong', '', label);
    name.dir = 'auto';
    find('seen', HTMLElement).replaceChildren(
      name,
      make('span', '', percent(probability)),
      make('span', '', verdictWords[verdict]),
    );
  }

  #say(words: string): void {
    find('camera-state', HTMLElement).textContent = words;
  }

  async #takePicture(): Promise<Blob | undefined> {
    const { videoWidth, videoHeight } = this.#video;
    if (videoWidth === 0) return undefined;
    const scale = Math.min(1, longestSideInPixels / Math.max(videoWidth, videoHeight));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(videoWidth * scale);
    canvas.height = Math.round(videoHeight * scale);
    canvas.getContext('2d')?.drawImage(this.#video, 0, 0, canvas.width, canvas.height);
    return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), 'image/jpeg', 0.85));
  }
}
