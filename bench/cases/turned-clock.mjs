/**
 * Loaded before a program (`node --import`): its clock then starts at the moment in CASES_NOW and runs on from there.
 * The program itself knows nothing of it; other programs of the machine keep their time.
 */
const RealDate = Date;
const turn = RealDate.parse(process.env.CASES_NOW) - RealDate.now();
const now = () => RealDate.now() + turn;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, made) => Reflect.construct(target, args.length === 0 ? [now()] : args, made),
  apply: () => new RealDate(now()).toString(),
  get: (target, name, self) => (name === 'now' ? now : Reflect.get(target, name, self)),
});
