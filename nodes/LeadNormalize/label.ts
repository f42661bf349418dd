/** `companyName` -> `Company Name`; `utmSource` -> `UTM Source`. */
export const label = (id: string) =>
	id
		.replace(/([A-Z])/g, ' $1')
		.replace(/^./, (first) => first.toUpperCase())
		.replace(/\b(Utm|Id|Url|Sms)\b/g, (word) => word.toUpperCase());
