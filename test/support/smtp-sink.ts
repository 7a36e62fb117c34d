/** The demo's SMTP sink, for tests. */
export { type SmtpSink, type SmtpSinkOptions, startSmtpSink } from '../../src/demo/smtp-sink.ts';
