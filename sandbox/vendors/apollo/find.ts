import { createHash } from 'node:crypto';
import type { Persona } from '../../personas';
import { byEmail, byNameAt } from '../people';
import { isObject, sameText, textOf, unknownKeys, type Json } from '../request';

export const PERSON_FIELDS = [
	...['first_name', 'last_name', 'name', 'email', 'hashed_email', 'organization_name', 'domain'],
	...['id', 'linkedin_url'],
];
export const SWITCHES = [
	...['run_waterfall_email', 'run_waterfall_phone', 'reveal_personal_emails'],
	...['reveal_phone_number', 'webhook_url'],
];

/** What is wrong with a request, or undefined. */
export interface Problem {
	readonly status: number;
	readonly message: string;
}

export const isOn = (sent: Json, name: string) => String(sent[name]) === 'true';

export function fieldProblem(sent: Json, fields: readonly string[]): Problem | undefined {
	const unknown = unknownKeys(sent, fields);
	if (unknown.length > 0) {
		return { status: 422, message: `Unknown parameter: ${unknown.join(', ')}` };
	}
	const objects = Object.keys(sent).filter(
		(key) => isObject(sent[key]) || Array.isArray(sent[key]),
	);
	if (objects.length === 0) return undefined;
	return { status: 422, message: `Wrong type of parameter: ${objects.join(', ')}` };
}

export function switchProblem(sent: Json): Problem | undefined {
	const asynchronous = ['reveal_phone_number', 'run_waterfall_email', 'run_waterfall_phone'];
	const needs = asynchronous.find((name) => isOn(sent, name));
	if (!needs || /^https:\/\//.test(textOf(sent['webhook_url']) ?? '')) return undefined;
	const message = `Please add a valid 'webhook_url' parameter when using '${needs}'`;
	return { status: 400, message };
}

export function whoProblem(sent: Json): Problem | undefined {
	const name = textOf(sent['name']) ?? textOf(sent['first_name']);
	const place = textOf(sent['domain']) ?? textOf(sent['organization_name']);
	const direct = ['email', 'hashed_email', 'id', 'linkedin_url'].some((key) => textOf(sent[key]));
	if (direct || (name && place)) return undefined;
	return { status: 422, message: 'Not enough information to look for a person.' };
}

export function findPerson(personas: readonly Persona[], sent: Json): Persona | undefined {
	const email = textOf(sent['email']);
	if (email) return byEmail(personas, email);
	const name = textOf(sent['name']) ?? `${String(sent['first_name'])} ${String(sent['last_name'])}`;
	const domain = textOf(sent['domain']);
	if (domain) return byNameAt(personas, name, domain);
	return personas.find(({ apollo }) => {
		const person = apollo?.person;
		return (
			person &&
			(sameText(person.id, sent['id']) ||
				sameText(person['linkedin_url'], sent['linkedin_url']) ||
				sameText(md5(person.email ?? ''), sent['hashed_email']) ||
				(sameText(person.name, name) &&
					sameText(person.organization?.name, sent['organization_name'])))
		);
	});
}

export const organizations = (personas: readonly Persona[]) =>
	personas.flatMap(({ apollo }) => apollo?.organization ?? apollo?.person?.organization ?? []);

function md5(text: string): string {
	return createHash('md5').update(text.toLowerCase()).digest('hex');
}
