/**
 * One template: its shape (a `Subject:` line, a blank line, the text) and whether it uses only what its letter
 * offers. Reads no files and renders nothing. A fault names file and line.
 */
import Handlebars from 'handlebars';
import { italianArticles } from './format.ts';
import { nearest } from '../rules/nearest.ts';
import type { Variable, Variables } from './variables.ts';

type Program = hbs.AST.Program;
type Statement = hbs.AST.Statement;

export interface TemplateFault {
  file: string;
  /** 1 when the fault is the file's as a whole */
  line: number;
  problem: string;
}

/** A file's text cut in two, each part with the line of the file it begins on. */
export interface TemplateParts {
  subject: { source: string; firstLine: number };
  text: { source: string; firstLine: number };
}

/** A fault found while reading one file; the caller knows the file's name. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
  readonly line: number;

  constructor(line: number, problem: string) {
    super(problem);
    this.line = line;
  }
}

/** @throws TemplateError when it is not shaped like a mail */
export function splitTemplate(source: string): TemplateParts {
  const [first = '', second = '', ...rest] = source.split('\n');
  const subject = /^Subject: (\S.*)$/.exec(first)?.[1];
  if (subject === undefined) throw new TemplateError(1, 'the first line must be "Subject: " and a subject');
  if (second !== '') throw new TemplateError(2, 'the line after the subject must be empty');
  const text = rest.join('\n');
  if (text.trim() === '') throw new TemplateError(3, 'there is no text below the subject');
  return { subject: { source: subject, firstLine: 1 }, text: { source: text, firstLine: 3 } };
}

/** @throws TemplateError when Handlebars cannot read it */
export function parseTemplate(source: string, firstLine: number): Program {
  try {
    return Handlebars.parse(source);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    const last = source.trimEnd().split('\n').length;
    const line = Math.min(last, Number(/(?:on line |- )(\d+)/.exec(message)?.[1] ?? 1));
    const why = message.includes("got 'EOF'") ? 'it ends before all braces are closed' : message.split('\n').at(-1);
    throw new TemplateError(line + firstLine - 1, `cannot be read: ${why}`);
  }
}

export interface ParsedPartial {
  file: string;
  program: Program;
}

interface Scope {
  file: string;
  firstLine: number;
  variables: Variables;
  /** optional variables that are known to be there, by an enclosing `{{#if}}` or `{{#each}}` */
  given: ReadonlySet<string>;
  partials: ReadonlyMap<string, ParsedPartial>;
  /** names of the partials being walked, against a circle */
  within: readonly string[];
}

/** Everything in the template that its letter does not offer, in the order of the text. */
export function checkProgram(
  program: Program,
  where: { file: string; firstLine: number; variables: Variables; partials: ReadonlyMap<string, ParsedPartial> },
): TemplateFault[] {
  return checkBody(program, { ...where, given: new Set(), within: [] });
}

function checkBody(program: Program, scope: Scope): TemplateFault[] {
  if ((program.blockParams ?? []).length > 0) return [fault(program, scope, 'names after "as" are not supported')];
  return program.body.flatMap((statement) => checkStatement(statement, scope));
}

function checkStatement(statement: Statement, scope: Scope): TemplateFault[] {
  switch (statement.type) {
    case 'ContentStatement':
    case 'CommentStatement':
      return [];
    case 'MustacheStatement':
      return checkPrinted(statement as hbs.AST.MustacheStatement, scope);
    case 'BlockStatement':
      return checkBlock(statement as hbs.AST.BlockStatement, scope);
    case 'PartialStatement':
      return checkPartial(statement as hbs.AST.PartialStatement, scope);
    default:
      return [fault(statement, scope, 'only values, {{#if}}, {{#unless}}, {{#each}} and {{> partial}} are supported')];
  }
}

function checkPrinted(statement: hbs.AST.MustacheStatement, scope: Scope): TemplateFault[] {
  const call = asPath(statement.path);
  if (call === undefined) return [fault(statement, scope, 'a fixed value in braces: write it as text')];
  if (hasHash(statement.hash)) return [fault(statement, scope, `{{${call.original}}} takes no named values`)];
  const isArticle = (italianArticles as string[]).includes(call.original);
  if (!isArticle) {
    if (statement.params.length === 0) return checkValue(call, scope);
    return [fault(statement, scope, `{{${call.original} …}} is not known; known are ${italianArticles.join(', ')}`)];
  }
  const date = asPath(statement.params[0]);
  if (date === undefined || statement.params.length !== 1)
    return [fault(statement, scope, `{{${call.original}}} takes one date: {{${call.original} due}}`)];
  return checkValue(date, scope);
}

/** A value that is printed must be text, and must be there. */
function checkValue(path: hbs.AST.PathExpression, scope: Scope): TemplateFault[] {
  const found = variableAt(path, scope);
  if (!('variable' in found)) return [found];
  const { variable } = found;
  const name = path.original;
  if (variable.type === 'flag') return [fault(path, scope, `"${name}" is yes or no: ask it with {{#if ${name}}}`)];
  if (variable.type === 'list') return [fault(path, scope, `"${name}" is a list: walk it with {{#each ${name}}}`)];
  if (variable.when === null || scope.given.has(variable.when)) return [];
  return [fault(path, scope, `"${name}" may be absent: put it inside {{#if ${variable.when}}} … {{/if}}`)];
}

function checkBlock(block: hbs.AST.BlockStatement, scope: Scope): TemplateFault[] {
  const helper = block.path.original;
  if (!['if', 'unless', 'each'].includes(helper))
    return [fault(block, scope, `{{#${helper}}} is not supported; use {{#if}}, {{#unless}} or {{#each}}`)];
  const path = asPath(block.params[0]);
  if (path === undefined || block.params.length !== 1 || hasHash(block.hash))
    return [fault(block, scope, `{{#${helper}}} takes exactly one name`)];
  const found = variableAt(path, scope);
  if (!('variable' in found)) return [found];
  const [inside, otherwise] = scopesOf(helper, found.variable, scope);
  if (inside === undefined) return [fault(block, scope, `"${path.original}" is not a list`)];
  return [
    ...(block.program === undefined ? [] : checkBody(block.program, inside)),
    ...(block.inverse === undefined ? [] : checkBody(block.inverse, otherwise)),
  ];
}

/** What may be said in the block and in its `{{else}}`. */
function scopesOf(helper: string, variable: Variable, scope: Scope): [Scope | undefined, Scope] {
  if (helper === 'each') {
    if (variable.type !== 'list') return [undefined, scope];
    return [{ ...scope, variables: variable.fields, given: new Set() }, scope];
  }
  const given = variable.when === null ? scope : { ...scope, given: new Set([...scope.given, variable.when]) };
  return helper === 'if' ? [given, scope] : [scope, given];
}

function checkPartial(statement: hbs.AST.PartialStatement, scope: Scope): TemplateFault[] {
  const path = asPath(statement.name);
  if (path === undefined) return [fault(statement, scope, 'a partial must be named outright')];
  const name = path.original;
  if (statement.params.length > 0 || hasHash(statement.hash))
    return [fault(statement, scope, `{{> ${name}}} takes no values`)];
  const partial = scope.partials.get(name);
  if (partial === undefined)
    return [fault(statement, scope, `there is no partial "${name}"${hint(name, [...scope.partials.keys()])}`)];
  if (scope.within.includes(name)) return [fault(statement, scope, `the partial "${name}" contains itself`)];
  return checkBody(partial.program, { ...scope, file: partial.file, firstLine: 1, within: [...scope.within, name] });
}

function variableAt(path: hbs.AST.PathExpression, scope: Scope): { variable: Variable } | TemplateFault {
  const name = path.original;
  if (path.data || path.depth > 0 || path.parts.length !== 1 || path.parts[0] !== name)
    return fault(path, scope, `"${name}" is not supported: use plain names`);
  const variable = Object.hasOwn(scope.variables, name) ? scope.variables[name] : undefined;
  if (variable !== undefined) return { variable };
  return fault(path, scope, `"${name}" is not known here${hint(name, Object.keys(scope.variables))}`);
}

function hint(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  return meant === undefined ? `; known are ${known.join(', ')}` : `; did you mean "${meant}"?`;
}

function asPath(node: hbs.AST.Node | undefined): hbs.AST.PathExpression | undefined {
  return node?.type === 'PathExpression' ? (node as hbs.AST.PathExpression) : undefined;
}

function hasHash(hash: hbs.AST.Hash | undefined): boolean {
  return (hash?.pairs ?? []).length > 0;
}

function fault(node: hbs.AST.Node, scope: Scope, problem: string): TemplateFault {
  return { file: scope.file, line: node.loc.start.line + scope.firstLine - 1, problem };
}
