import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const text = z.string().min(1);
const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** What the web form posts; `eventId` and `submittedAt` are filled in when it is sent. */
const Form = z.strictObject({
	event: text,
	eventId: text.optional(),
	submittedAt: z.iso.datetime({ offset: true }).optional(),
	formId: text,
	fields: z.record(z.string(), scalar).refine((fields) => 'email' in fields, {
		message: 'a form needs an email field',
	}),
	consent: z.record(z.string(), z.unknown()).optional(),
});

const Organization = z.looseObject({
	id: text,
	name: text,
	primary_domain: text,
	estimated_num_employees: z.number().int().optional(),
	industry: text.optional(),
	annual_revenue: z.number().optional(),
	technology_names: z.array(text).optional(),
});

const Apollo = z.strictObject({
	person: z
		.looseObject({
			id: text,
			first_name: text,
			last_name: text,
			name: text,
			title: text.optional(),
			email: text.nullable(),
			organization: Organization.optional(),
		})
		.nullable(),
	/** For organizations/enrich; default: the person's organization. */
	organization: Organization.nullable().optional(),
	/** What its waterfall finds minutes later; default: the person's address and no number. */
	waterfall: z.strictObject({ email: text.optional(), phone: text.optional() }).optional(),
});

const Hunter = z.strictObject({
	finder: z.looseObject({ email: text, score: z.number().min(0).max(100) }).nullable(),
	verifier: z
		.looseObject({
			status: z.enum(['valid', 'invalid', 'accept_all', 'webmail', 'disposable', 'unknown']),
			score: z.number().min(0).max(100),
		})
		.nullable(),
	person: z.looseObject({ name: z.looseObject({ fullName: text }), email: text }).nullable(),
	company: z.looseObject({ name: text, domain: text }).nullable(),
	/** The person asked Hunter not to be processed: 451. */
	claimed: z.boolean().optional(),
});

export const Persona = z.strictObject({
	/** The file's name without `.json`. */
	name: z.string().regex(/^[a-z0-9-]+$/),
	description: text,
	form: Form,
	/** What Apollo knows; null: nothing. The vendor's own spelling. */
	apollo: Apollo.nullable(),
	/** What Hunter knows; null: nothing. */
	hunter: Hunter.nullable(),
	/** What Clearbit knows; `queued`: how often it is still looking, with a 202. Default: nothing. */
	clearbit: z
		.strictObject({
			person: z.looseObject({ name: z.looseObject({ fullName: text }) }).nullable(),
			company: z.looseObject({ name: text, domain: text }).nullable(),
			queued: z.number().int().positive().optional(),
		})
		.optional(),
	/** What People Data Labs knows; `true` stands for values that a plan does not include. Default: nothing. */
	pdl: z
		.strictObject({
			person: z.looseObject({ full_name: text }).nullable(),
			company: z.looseObject({ name: text }).nullable(),
			likelihood: z.number().int().min(1).max(10).optional(),
		})
		.optional(),
	/** What ZoomInfo knows: attributes of its own spelling. Default: nothing. */
	zoominfo: z
		.strictObject({
			id: text,
			matchStatus: z.enum(['FULL_MATCH', 'OPT_OUT', 'NON_MATCH_BY_REQUIRED_FIELDS']).optional(),
			contact: z.looseObject({ company: z.looseObject({}).optional() }).nullable(),
			company: z.looseObject({ name: text }).nullable(),
		})
		.optional(),
	/** What happens to a letter to the address of the form. Default: it arrives. */
	mailbox: z.enum(['valid', 'invalid', 'accept_all', 'role', 'disposable', 'unknown']).optional(),
	/** What Dropcontact makes of the person: one result of its own spelling. Default: an echo. */
	dropcontact: z.looseObject({ email: z.array(z.looseObject({ email: text })) }).optional(),
	/** What FullEnrich finds: `contact_info` and `profile` of one result. Default: nothing. */
	fullenrich: z
		.strictObject({ contact_info: z.looseObject({}), profile: z.looseObject({}).optional() })
		.optional(),
	/** What the Clay table sends back, besides the source_id. Default: that nobody was found. */
	clay: z.looseObject({}).optional(),
	/** Contact properties that the CRM has from the start. */
	crm: z.strictObject({ properties: z.record(z.string(), z.string()) }).optional(),
	/** What should become of this lead, for people. */
	expect: text,
});

export type Persona = z.infer<typeof Persona>;

/** Every `*.json` in the folder, checked. Throws with file and field when one is wrong. */
export function loadPersonas(folder: string = join(__dirname, 'personas')): Persona[] {
	const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
	return files.sort().map((file) => loadPersona(folder, file));
}

export function personaNamed(personas: readonly Persona[], name: string): Persona {
	const found = personas.find((persona) => persona.name === name);
	if (found) return found;
	const names = personas.map((persona) => persona.name).join(', ');
	throw new Error(`There is no persona "${name}". There are: ${names}.`);
}

function loadPersona(folder: string, file: string): Persona {
	const parsed = Persona.safeParse(parseJson(file, readFileSync(join(folder, file), 'utf8')));
	if (!parsed.success) {
		const issues = parsed.error.issues.map(
			(issue) => `${issue.path.join('.') || '(root)'}: ${issue.message}`,
		);
		throw new Error(`sandbox/personas/${file}: ${issues.join('; ')}`);
	}
	if (`${parsed.data.name}.json` !== file) {
		throw new Error(`sandbox/personas/${file}: name: must be the file's name`);
	}
	return parsed.data;
}

function parseJson(file: string, source: string): unknown {
	try {
		return JSON.parse(source);
	} catch (error) {
		throw new Error(`sandbox/personas/${file}: not JSON: ${(error as Error).message}`);
	}
}
