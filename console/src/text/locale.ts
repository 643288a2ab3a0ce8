/** The locale that dates and numbers are written in: Arabic pages keep Western digits, as the business's own messages do. */
export const locale = (language: string) => (language === 'ar' ? 'ar-u-nu-latn' : language)
