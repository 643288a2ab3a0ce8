// The page's words in French, English and Arabic.
"use strict";

import { state } from "./store.js";

export const WORDS = {
  fr: {
    attach: "Joindre", more: "Plus", reply: "Répondre", react: "Réagir", edit: "Modifier", remove: "Supprimer pour tous", forwarded: "Transféré", edited: "modifié", deleted: "Ce message a été supprimé", cancelReply: "Ne plus répondre à ce message",
    image: "Photo", video: "Vidéo", audio: "Musique", voice: "Message vocal", document: "Document", sticker: "Autocollant", location: "Position", contacts: "Contact", order: "Panier", flow: "Formulaire rempli", unsupported: "Sondage (non pris en charge)", ad: "Venir d’une publicité", forward: "Texte transféré", file: "Mes fichiers…",
    advance: "Avancer de 25 h", block: "Bloquer l’entreprise", unblock: "Débloquer l’entreprise", templates: "Modèles", changeNumber: "Changer de numéro", close: "Fermer", ok: "Envoyer", change: "Changer",
    latitude: "Latitude", longitude: "Longitude", place: "Lieu", address: "Adresse", product: "Article", quantity: "Quantité", price: "Prix", currency: "Devise", note: "Note", text: "Texte", newNumber: "Nouveau numéro",
    windowOpen: "fenêtre ouverte jusqu’à {0}", windowClosed: "fenêtre de 24 h fermée", blockedYou: "Vous avez bloqué cette entreprise.", blockedByBusiness: "Cette entreprise vous a bloqué.", sendPlace: "Envoyer la position", viewCatalog: "Voir le catalogue", toCart: "Mettre au panier", fill: "Remplir", fromAd: "Publicité\u00a0: {0}", items: "{0} articles", unsupportedShown: "Message non pris en charge", fileGone: "Fichier : {0}", noTemplates: "Aucun modèle.", copied: "Code copié", notWithTwilio: "Twilio ne transmet pas cela à l’entreprise.", you2: "Vous", formAnswer: "Formulaire envoyé", cart: "Panier", approve: "Approuver", reject: "Refuser", pause: "Suspendre", template: "Modèle",
    title: "Téléphones de test", subtitle: "Écrivez comme un client\u00a0: Relais répond.", customers: "Clients", language: "Langue",
    addCustomer: "Ajouter un client", add: "Ajouter", cancel: "Annuler", name: "Nom", number: "Numéro", back: "Retour aux clients",
    businessNumbers: "Numéros de l’entreprise", conversation: "Conversation", write: "Écrire un message", send: "Envoyer",
    typing: "écrit…", retry: "Réessayer", sending: "envoi en cours", taken: "reçu par Relais", seen: "lu",
    not_taken: "non reçu", refused: "Relais a répondu {0}\u00a0: le message n’a pas été pris.", silent: "Relais n’a pas répondu\u00a0: le message n’a pas été pris.",
    lost: "Connexion au simulateur perdue. Nouvelle tentative…", loading: "Chargement…", nothing: "Aucun message",
    emptyTitle: "Dites bonjour à {0}", emptyHint: "Choisissez un premier message ou écrivez le vôtre.",
    noNumber: "Aucun numéro d’entreprise n’est connecté au simulateur.", notSent: "Le message n’est pas parti. Réessayez.",
    badNumber: "Un numéro compte de 6 à 15 chiffres, par exemple +33612345678.", unread: "{0} non lus", today: "Aujourd’hui", you: "Vous\u00a0: ", kind: "Message de type « {0} »", youAre: "Vous êtes {0}",
  },
  en: {
    attach: "Attach", more: "More", reply: "Reply", react: "React", edit: "Edit", remove: "Delete for everyone", forwarded: "Forwarded", edited: "edited", deleted: "This message was deleted", cancelReply: "Stop replying to this message",
    image: "Photo", video: "Video", audio: "Music", voice: "Voice note", document: "Document", sticker: "Sticker", location: "Location", contacts: "Contact", order: "Cart", flow: "Filled-in form", unsupported: "Poll (unsupported)", ad: "Come from an advert", forward: "Forwarded text", file: "My files…",
    advance: "25 hours later", block: "Block the business", unblock: "Unblock the business", templates: "Templates", changeNumber: "Change number", close: "Close", ok: "Send", change: "Change",
    latitude: "Latitude", longitude: "Longitude", place: "Place", address: "Address", product: "Product", quantity: "Quantity", price: "Price", currency: "Currency", note: "Note", text: "Text", newNumber: "New number",
    windowOpen: "window open until {0}", windowClosed: "24-hour window closed", blockedYou: "You blocked this business.", blockedByBusiness: "This business blocked you.", sendPlace: "Send location", viewCatalog: "View catalogue", toCart: "Put into the cart", fill: "Fill in", fromAd: "Advert: {0}", items: "{0} items", unsupportedShown: "Unsupported message", fileGone: "File: {0}", noTemplates: "No templates.", copied: "Code copied", notWithTwilio: "Twilio does not pass this on to the business.", you2: "You", formAnswer: "Form sent", cart: "Cart", approve: "Approve", reject: "Reject", pause: "Pause", template: "Template",
    title: "Test phones", subtitle: "Write as a customer: Relais answers.", customers: "Customers", language: "Language",
    addCustomer: "Add a customer", add: "Add", cancel: "Cancel", name: "Name", number: "Number", back: "Back to customers",
    businessNumbers: "Business numbers", conversation: "Conversation", write: "Write a message", send: "Send",
    typing: "typing…", retry: "Try again", sending: "sending", taken: "taken by Relais", seen: "read",
    not_taken: "not taken", refused: "Relais answered {0}: the message was not taken.", silent: "Relais did not answer: the message was not taken.",
    lost: "Connection to the simulator lost. Trying again…", loading: "Loading…", nothing: "No messages",
    emptyTitle: "Say hello to {0}", emptyHint: "Pick a first message or write your own.",
    noNumber: "No business number is connected to the simulator.", notSent: "The message was not sent. Try again.",
    badNumber: "A number has 6 to 15 digits, e.g. +33612345678.", unread: "{0} unread", today: "Today", you: "You: ", kind: "Message of type “{0}”", youAre: "You are {0}",
  },
  ar: {
    attach: "إرفاق", more: "المزيد", reply: "رد", react: "تفاعل", edit: "تعديل", remove: "حذف لدى الجميع", forwarded: "محوّلة", edited: "معدّلة", deleted: "حُذفت هذه الرسالة", cancelReply: "إلغاء الرد على هذه الرسالة",
    image: "صورة", video: "فيديو", audio: "موسيقى", voice: "رسالة صوتية", document: "مستند", sticker: "ملصق", location: "الموقع", contacts: "جهة اتصال", order: "سلة", flow: "استمارة معبّأة", unsupported: "استطلاع (غير مدعوم)", ad: "القدوم من إعلان", forward: "نص محوّل", file: "ملفاتي…",
    advance: "تقديم 25 ساعة", block: "حظر المتجر", unblock: "رفع الحظر عن المتجر", templates: "القوالب", changeNumber: "تغيير الرقم", close: "إغلاق", ok: "إرسال", change: "تغيير",
    latitude: "خط العرض", longitude: "خط الطول", place: "المكان", address: "العنوان", product: "المنتج", quantity: "الكمية", price: "السعر", currency: "العملة", note: "ملاحظة", text: "النص", newNumber: "الرقم الجديد",
    windowOpen: "النافذة مفتوحة حتى {0}", windowClosed: "أُغلقت نافذة 24 ساعة", blockedYou: "لقد حظرت هذا المتجر.", blockedByBusiness: "حظرك هذا المتجر.", sendPlace: "إرسال الموقع", viewCatalog: "عرض الكتالوج", toCart: "أضف إلى السلة", fill: "تعبئة", fromAd: "إعلان: {0}", items: "عدد المنتجات: {0}", unsupportedShown: "رسالة غير مدعومة", fileGone: "ملف: {0}", noTemplates: "لا قوالب.", copied: "نُسخ الرمز", notWithTwilio: "لا ينقل Twilio هذا إلى المتجر.", you2: "أنت", formAnswer: "أُرسلت الاستمارة", cart: "السلة", approve: "قبول", reject: "رفض", pause: "إيقاف", template: "قالب",
    title: "هواتف تجريبية", subtitle: "اكتب كأنك زبون: Relais يجيب.", customers: "الزبائن", language: "اللغة",
    addCustomer: "إضافة زبون", add: "إضافة", cancel: "إلغاء", name: "الاسم", number: "الرقم", back: "العودة إلى الزبائن",
    businessNumbers: "أرقام المتجر", conversation: "المحادثة", write: "اكتب رسالة", send: "إرسال",
    typing: "يكتب…", retry: "إعادة المحاولة", sending: "قيد الإرسال", taken: "وصلت إلى Relais", seen: "مقروءة",
    not_taken: "لم تصل", refused: "أجاب Relais بالرمز {0}: لم تُستلم الرسالة.", silent: "لم يُجب Relais: لم تُستلم الرسالة.",
    lost: "انقطع الاتصال بالمحاكي. تجري إعادة المحاولة…", loading: "جارٍ التحميل…", nothing: "لا رسائل",
    emptyTitle: "سلّم على {0}", emptyHint: "اختر رسالة أولى أو اكتب رسالتك.",
    noNumber: "لا يوجد رقم متجر متصل بالمحاكي.", notSent: "لم تُرسل الرسالة. أعد المحاولة.",
    badNumber: "يتكوّن الرقم من 6 إلى 15 رقمًا، مثل ‎+33612345678.", unread: "{0} غير مقروءة", today: "اليوم", you: "أنت: ", kind: "رسالة من نوع «{0}»", youAre: "أنت {0}",
  },
};
// Morocco's Arabic writes digits as the phone numbers here do.
export const LOCALES = { fr: "fr-FR", en: "en-GB", ar: "ar-MA" };
export const FIRST_MESSAGES = ["Bonjour", "Où est ma commande TRK123456 ?", "أين طلبي TRK123456؟", "Where is my order TRK123456?", "Je veux parler à une personne"];

export function t(key, ...values) {
  return values.reduce((text, value, i) => text.replace(`{${i}}`, value), WORDS[state.lang][key] ?? key);
}

export const clock = (at) => new Date(at).toLocaleTimeString(LOCALES[state.lang], { hour: "2-digit", minute: "2-digit" });
// Keeps the plus of a phone number in front of it inside Arabic text.
export const ltr = (text) => "\u2066" + text + "\u2069";
