/** For tests of what lies behind the gate (the courier, the rules): an address as if it had come through. */
import type { Recipient } from '../../src/rules/recipient.ts';

export const throughTheGate = (address: string) => address as Recipient;
