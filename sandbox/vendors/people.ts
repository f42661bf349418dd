import { domainToASCII } from 'node:url';
import type { Persona } from '../personas';
import { sameText } from './request';

/** One spelling of an address: lower case, the domain in its ASCII form. */
export function addressKey(email: string): string {
	const [local = '', domain = ''] = email.trim().toLowerCase().split('@');
	return `${local}@${domainKey(domain)}`;
}

export function domainKey(domain: string): string {
	const bare = domain
		.trim()
		.toLowerCase()
		.replace(/^https?:\/\//, '')
		.replace(/^www\./, '');
	return domainToASCII(bare.split('/')[0] ?? '') || bare;
}

export function formEmail(persona: Persona): string {
	return String(persona.form.fields['email']);
}

export function formDomain(persona: Persona): string {
	return domainKey(formEmail(persona).split('@')[1] ?? '');
}

/** The persona who writes from this address. */
export function byEmail(personas: readonly Persona[], email: string): Persona | undefined {
	return personas.find((persona) => addressKey(formEmail(persona)) === addressKey(email));
}

/** The persona of this name who writes from this domain. */
export function byNameAt(
	personas: readonly Persona[],
	name: string,
	domain: string,
): Persona | undefined {
	return personas.find(
		(persona) =>
			formDomain(persona) === domainKey(domain) &&
			sameText(`${persona.form.fields['firstName']} ${persona.form.fields['lastName']}`, name),
	);
}
