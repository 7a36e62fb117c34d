/** Mail domains in which anybody may have an address: that two people share one says nothing about them. A list only. */
const domains = new Set(
  [
    'gmail.com googlemail.com outlook.com outlook.it hotmail.com hotmail.it hotmail.fr hotmail.de hotmail.es live.com',
    'live.it live.fr live.nl msn.com yahoo.com yahoo.it yahoo.fr yahoo.de yahoo.es ymail.com rocketmail.com aol.com',
    'icloud.com me.com mac.com proton.me protonmail.com pm.me fastmail.com fastmail.fm zoho.com zohomail.eu mail.com',
    'email.com gmx.com gmx.net gmx.de gmx.at gmx.ch web.de t-online.de freenet.de posteo.de mailbox.org arcor.de',
    'libero.it virgilio.it inwind.it iol.it blu.it giallo.it alice.it tim.it tin.it tiscali.it email.it aruba.it',
    'fastwebnet.it vodafone.it poste.it teletu.it katamail.com legalmail.it pec.it arubapec.it postacert.it',
    'orange.fr wanadoo.fr free.fr laposte.net sfr.fr bbox.fr neuf.fr telefonica.net terra.es movistar.es sapo.pt',
    'mail.pt iol.pt uol.com.br bol.com.br ziggo.nl kpnmail.nl planet.nl xs4all.nl hetnet.nl home.nl telenet.be skynet.be',
    'bluewin.ch hispeed.ch btinternet.com sky.com talktalk.net virginmedia.com comcast.net verizon.net att.net',
    'yandex.com yandex.ru mail.ru seznam.cz wp.pl onet.pl o2.pl interia.pl tutanota.com tuta.io hey.com duck.com',
  ].flatMap((line) => line.split(' ')),
);

export function isPublicDomain(domain: string): boolean {
  return domains.has(domain.toLowerCase());
}
