const widthInCharacters = 30;
const fewestMillisecondsBetween = 100;

/**
 * Shows on a terminal how far a long piece of work is, on standard error; says nothing where that is no terminal, so
 * that logs stay short. Call the function returned after each step.
 */
export function startProgressBar(title: string, steps: number): () => void {
  const { stderr } = process;
  const startedAt = performance.now();
  let done = 0;
  let shownAt = 0;
  return () => {
    done++;
    const now = performance.now();
    if (!stderr.isTTY || (done < steps && now - shownAt < fewestMillisecondsBetween)) return;
    shownAt = now;
    const filled = Math.round((done / steps) * widthInCharacters);
    const bar = '█'.repeat(filled).padEnd(widthInCharacters, '░');
    const left = Math.round((((now - startedAt) / done) * (steps - done)) / 1000);
    stderr.write(`\r${title} ${bar} ${done}/${steps}, ${left} s left ${done === steps ? '\n' : ''}`);
  };
}
