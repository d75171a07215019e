import { expect, it } from 'vitest';
import { tellInOrder } from '../../../cli/classify/tell-in-order.ts';

it('tells results in the order of their places, each as soon as those before it are told', () => {
  const told: string[] = [];
  const tell = tellInOrder<string>((result, index) => told.push(`${index} ${result}`));

  tell('c', 2);
  tell('a', 0);

  expect(told).toEqual(['0 a']);

  tell('b', 1);

  expect(told).toEqual(['0 a', '1 b', '2 c']);
});
