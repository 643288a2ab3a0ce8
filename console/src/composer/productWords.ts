/** What stands around products where nobody wrote words of their own: src/Relais/Commerce/Messages/ProductMessage.cs and ProductCard.cs, in the customer's language. */
const words = {
  fr: { body: 'Voici nos recommandations pour vous :', cart: 'Ajoutez au panier puis envoyez-le-nous', list: 'Voir les produits', items: 'Voir les articles', order: 'Commander' },
  en: { body: 'Here is what we recommend for you:', cart: 'Put what you like into the cart and send it to us', list: 'See the products', items: 'View items', order: 'Order' },
  ar: { body: 'إليك اقتراحاتنا لك:', cart: 'أضف ما يعجبك إلى السلة ثم أرسلها لنا', list: 'عرض المنتجات', items: 'عرض العناصر', order: 'اطلب' },
}

export const productWords = (language: string) => words[language as keyof typeof words] ?? words.fr
