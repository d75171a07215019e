import type { HealthBody } from '../../../facts/answers.ts';
import { photoCall } from '../photo-call.ts';
import { AnswerError } from './answer-error.ts';
import { offerCamera } from './camera.ts';
import { element } from './element.ts';
import { offerExamples, putKnownFirst } from './examples.ts';
import { toCsv, toJson } from './export.ts';
import { Gallery } from './gallery.ts';
import { takePhotos, toAskedPhoto } from './intake.ts';
import { introduceFailure, introduceModel } from './introduce.ts';
import { save } from './save.ts';
import { fetchHealth, useKey } from './service.ts';
import { showTabs } from './tabs.ts';
import { createWork } from './work.ts';

const mostLabelsShown = 20;
const find = <T extends Element>(id: string, kind: new () => T) => element(document, `#${id}`, kind);
const onClick = (id: string, act: () => void) => find(id, HTMLButtonElement).addEventListener('click', act);

let health: HealthBody | undefined;
let loading: Promise<HealthBody> | undefined;

/** Asked once; after a failure, again. */
function loadHealth(): Promise<HealthBody> {
  loading ??= fetchHealth().then(
    (loaded) => {
      health = loaded;
      introduceModel(loaded);
      putKnownFirst(loaded.model.labels);
      gallery.limitLabels(Math.min(mostLabelsShown, loaded.model.labels.length));
      return loaded;
    },
    (error: unknown) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

function askForKey(): void {
  const form = find('by-key', HTMLFormElement);
  if (!form.hidden) return;
  form.hidden = false;
  find('key', HTMLInputElement).focus();
}

async function introduce(): Promise<void> {
  try {
    await loadHealth();
  } catch (error) {
    introduceFailure(error);
    if (error instanceof AnswerError && error.status === 401) askForKey();
  }
}

const work = createWork({ loadHealth, onChange: (entry) => gallery.update(entry), onUnauthorized: askForKey });
const gallery = new Gallery({
  work,
  health: () => health,
  focusWhenEmpty: () => find('choose', HTMLButtonElement).focus(),
});

takePhotos(
  (photos) => gallery.add(photos),
  () => loadHealth().catch(() => undefined),
);
offerExamples((photos) => gallery.add(photos));
void offerCamera({
  health: () => health,
  keep: (picture) => gallery.add([toAskedPhoto(picture, 'from the camera')]),
});
find('by-key', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  useKey(find('key', HTMLInputElement).value);
  find('choose', HTMLButtonElement).focus();
  find('by-key', HTMLFormElement).hidden = true;
  void introduce();
  gallery.tryFailedAgain();
});
onClick('clear', () => gallery.clear());
onClick('again', () => {
  find('answers', HTMLElement).focus();
  gallery.tryFailedAgain();
});
onClick('csv', () => save('answers.csv', 'text/csv', toCsv(gallery.shown, health?.model.labels ?? [])));
onClick('json', () => save('answers.json', 'application/json', toJson(gallery.shown)));
const { curl, javaScript, python } = photoCall(new URL('predict', document.baseURI).href);
showTabs(
  { curl, JavaScript: javaScript, Python: python },
  {
    tabs: find('tabs', HTMLElement),
    panel: find('snippet', HTMLElement),
    copy: find('copy', HTMLButtonElement),
  },
);
void introduce();
