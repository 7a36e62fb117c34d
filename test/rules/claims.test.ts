/** What counts as saying that money was sent, and what does not. */
import { describe, expect, it } from 'vitest';
import { isPaymentClaim } from '../../src/rules/claims.ts';

describe('isPaymentClaim', () => {
  it.each([
    'Buongiorno, ho pagato stamattina.',
    'Abbiamo già effettuato il bonifico.',
    'Ho appena fatto il bonifico, a presto',
    'Bonifico effettuato ieri.',
    'Il pagamento è stato eseguito in data odierna.',
    'Le confermo che abbiamo provveduto al pagamento.',
    'In allegato la contabile del bonifico',
    'La fattura 12 è stata saldata.',
    'Guardi che abbiamo effettuato il\nbonifico la settimana scorsa.',
    'I paid this morning.',
    'We have already paid invoice 12.',
    "We've just sent the payment.",
    'Payment sent!',
    'The invoice has been paid.',
    'The transfer is on its way.',
    'Please find attached the proof of payment.',
    'We’ve paid',
    // all that a telephone says
    'Pagato 👍',
    'Ciao Anna, pagato!\nInviato da iPhone',
    'Saldato tutto stamattina.',
    'Paid.',
    'Ho appena fatto partire il pagamento',
    'La Sua fattura è stata liquidata',
    'Allego contabile.',
    'Buongiorno, Le invio copia della contabile',
  ])('hears: %s', (text) => {
    expect(isPaymentClaim(text)).toBe(true);
  });

  it.each([
    'Non ho ancora pagato.',
    'Il bonifico non è stato effettuato.',
    'Quando ho pagato le scrivo.',
    'Se ho pagato, dove lo vedo?',
    'Il pagamento verrà effettuato domani.',
    'Ho pagato la fattura?',
    'We have not paid yet.',
    "I haven't paid.",
    'We don’t think the invoice was paid.',
    'The invoice will be paid next week.',
    'Has the payment been made?',
    'I will pay once the work is done.',
    'Payment terms are 30 days.',
    'Come si effettua il pagamento?',
    'The brochure is great',
    'Pagato?',
    'Non pagato.',
    'Well paid work, that',
    'Il mio contabile Le scriverà',
    'La fattura va liquidata entro fine mese.',
    '',
  ])('does not hear: %s', (text) => {
    expect(isPaymentClaim(text)).toBe(false);
  });
});
