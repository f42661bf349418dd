import { disposableEmailBlocklistSet } from 'disposable-email-domains-js';
import providers from 'email-providers/all.json';

/**
 * Whose an address is: of a person in a company, a free mailbox, one that is thrown away after the
 * form, or a desk. `unknown` is for addresses that nobody has looked at.
 */
export const EMAIL_KINDS = ['business', 'personal', 'disposable', 'role', 'unknown'] as const;

export type EmailKind = (typeof EMAIL_KINDS)[number];

/** `host` and its registrable `domain` in ASCII, `local` in lower case. */
export function emailKind(local: string, host: string, domain: string): EmailKind {
	const isOf = (domains: ReadonlySet<string>) => domains.has(host) || domains.has(domain);
	// The list of free mailboxes has many disposable ones too: that question comes first.
	if (isOf(DISPOSABLE)) return 'disposable';
	if (isOf(PERSONAL)) return 'personal';
	return isRole(local) ? 'role' : 'business';
}

/** https://github.com/disposable-email-domains/disposable-email-domains */
const DISPOSABLE = disposableEmailBlocklistSet();

const PERSONAL: ReadonlySet<string> = new Set([
	...providers,
	...'duck.com fastmail.com fastmail.fm tutanota.com tuta.io tutamail.com pm.me hey.com skiff.com'.split(
		' ',
	),
]);

/** `sales+web` and `no-reply-2` are desks, `salesman` is not. */
const isRole = (local: string) => {
	const desk = local.replace(/\+.*$/, '').replace(/[._-]?\d*$/, '');
	return ROLES.has(desk) || ROLES.has(desk.replace(/[._-]/g, ''));
};

/** Local parts that reach a desk and not a person (RFC 2142, and what forms are filled with). */
const ROLES: ReadonlySet<string> = new Set(
	[
		'abuse accounting accounts admin administration administrator billing booking bookings career',
		'careers compliance contact contacts contactus customercare customerservice donotreply enquiries',
		'enquiry events feedback finance hello help helpdesk hostmaster hr info information inquiries',
		'inquiry invoice invoices it itsupport jobs legal mail mailerdaemon marketing media news',
		'newsletter noc noreply office operations ops orders partners payments payroll post postmaster',
		'pr press privacy purchasing reception recruiting recruitment root sales salesteam security',
		'service services social studio subscribe support team tech unsubscribe web webmaster',
		// German, French, Spanish, Italian, Portuguese and Dutch
		'anfrage bewerbung buchhaltung kontakt personal vertrieb verkauf zentrale accueil commercial',
		'direction comptabilite administracion contacto ventas amministrazione vendite comercial vendas',
		'contato verkoop',
	].flatMap((names) => names.split(' ')),
);
