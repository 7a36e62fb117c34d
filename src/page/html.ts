/**
 * The one way by which a page is made of HTML. What may stand in it is told by its type: hono would print any object as
 * "[object Object]"; here a reason or a date that nobody put into words does not compile.
 */
import { html as template, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;
/** What may stand in a template: text is escaped, Html is taken as it is, and nothing is nothing. */
export type Part = Html | string | number | null | readonly Part[];

export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return template(strings, ...parts);
}

/** A picture that the desk drew and escaped itself. */
export function drawn(svg: string): Html {
  return raw(svg);
}
