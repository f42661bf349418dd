import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { maskValue } from '../../domain/mask';

/** More than a hundred outbound messages of Salesforce with every field. */
const MAX_CHARACTERS = 5_000_000;

const parser = new XMLParser({
	ignoreAttributes: false,
	attributeNamePrefix: '@',
	removeNSPrefix: true,
	ignoreDeclaration: true,
	ignorePiTags: true,
	// `007` is a text, and so is a phone number.
	parseTagValue: false,
	// The five entities of XML and numbers: without a document type nobody can define another.
	processEntities: true,
	htmlEntities: true,
	maxNestedTags: 50,
});

export type ParsedXml =
	| { readonly ok: true; readonly value: unknown }
	/** `reason` goes on after the name of the field: `is …`, `has …`. */
	| { readonly ok: false; readonly reason: string };

export const looksLikeXml = (text: string) => /^\s{0,100}</.test(text);

/**
 * XML as plain records: `{ tag: { "@attribute": "…", child: "…" } }`, repeated tags as lists, names
 * without their namespace prefix. A document type is refused: it could name files, or entities that
 * grow without end.
 */
export function parseXml(text: string): ParsedXml {
	if (text.length > MAX_CHARACTERS)
		return refused(`is ${text.length} characters of XML; ${MAX_CHARACTERS} are read at most`);
	if (/<!(DOCTYPE|ENTITY)/i.test(text))
		return refused('is XML with a document type, which is not read: it can do harm');
	const valid = XMLValidator.validate(text);
	if (valid !== true) {
		const { msg, line, col } = valid.err;
		return refused(`is not XML at line ${line}, column ${col}: ${maskValue(msg)}`);
	}
	try {
		return { ok: true, value: parser.parse(text) as unknown };
	} catch (error) {
		return refused(`is XML that cannot be read: ${maskValue((error as Error).message)}`);
	}
}

const refused = (reason: string) => ({ ok: false, reason }) as const;
