/** What a page loads besides itself: one sheet and one script, light together. */
import { expect, it } from 'vitest';
import { script } from '../../src/page/script.ts';
import { style } from '../../src/page/style.ts';

it('the style sheet and the script are under 60 KB together', () => {
  const bytes = Buffer.byteLength(style) + Buffer.byteLength(script);
  expect(bytes).toBeGreaterThan(5000);
  expect(bytes).toBeLessThan(60_000);
});
