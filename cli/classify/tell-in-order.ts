/** Hands results on in the order of their places from 0, whatever order they come in. */
export function tellInOrder<Result>(
  tell: (result: Result, index: number) => void,
): (result: Result, index: number) => void {
  const waiting = new Map<number, Result>();
  let told = 0;
  return (result, index) => {
    waiting.set(index, result);
    for (let next = waiting.get(told); next !== undefined; next = waiting.get(told)) {
      waiting.delete(told);
      tell(next, told++);
    }
  };
}
