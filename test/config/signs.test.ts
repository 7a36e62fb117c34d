/** What a warning sign counts for may be changed, by names that exist and within reason. */
import { expect, it } from 'vitest';
import { checkConfig } from '../../src/config.ts';
import { AppError } from '../../src/errors.ts';
import { defaultWeights } from '../../src/rules/red-flags.ts';
import { config } from '../cli/terminal.ts';

const weightsOf = (signs?: object) =>
  checkConfig(JSON.stringify({ ...config, ...(signs && { signs }) }), '/c.json').signs.weights;

it('the weights are the usual ones unless one is named', () => {
  expect(weightsOf()).toEqual(defaultWeights);
  expect(weightsOf({ weights: { silence: 0 } })).toEqual({ ...defaultWeights, silence: 0 });
});

it.each([
  ['an unknown sign', { weights: { silense: 1 } }, /silence/],
  ['less than nothing', { weights: { silence: -1 } }, /silence/],
  ['too much', { weights: { silence: 11 } }, /silence/],
  ['a word', { weights: { silence: 'much' } }, /silence/],
])('%s is refused', (_name, signs, reason) => {
  let fault: unknown;
  try {
    weightsOf(signs);
  } catch (error) {
    fault = error;
  }
  expect(fault).toBeInstanceOf(AppError);
  expect((fault as AppError).message + (fault as AppError).next).toMatch(reason);
});
