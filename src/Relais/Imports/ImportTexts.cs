namespace Relais.Imports;

/// <summary>What is wrong with a row, for who brought the file; in French, English and Arabic.</summary>
internal static class ImportTexts
{
    public const string NoPhone = "no_phone";
    public const string BadPhone = "bad_phone";
    public const string NoCountry = "no_country";
    public const string CutNumber = "cut_number";
    public const string NameTooLong = "name_too_long";
    public const string BadLanguage = "bad_language";
    public const string BadFlag = "bad_flag";
    public const string BadValue = "bad_value";
    public const string BadLabel = "bad_label";
    public const string TooManyLabels = "too_many_labels";
    public const string WithdrawnStays = "withdrawn_stays";
    public const string NotKnown = "not_known";
    public const string Repeated = "repeated";
    public const string BadSku = "bad_sku";
    public const string NoTitle = "no_title";
    public const string TooLong = "too_long";
    public const string BadPrice = "bad_price";
    public const string BadCurrency = "bad_currency";
    public const string BadStock = "bad_stock";
    public const string BadAddress = "bad_address";
    public const string TooManyProducts = "too_many_products";
    public const string NoOrderNumber = "no_order_number";
    public const string BadOrderNumber = "bad_order_number";
    public const string OrderAgain = "order_again";
    public const string BadStatus = "bad_status";
    public const string BadQuantity = "bad_quantity";
    public const string BadTotal = "bad_total";
    public const string BadDay = "bad_day";
    public const string NoProduct = "no_product";

    private static readonly Dictionary<string, (string Fr, string En, string Ar)> All = new(StringComparer.Ordinal)
    {
        [NoPhone] = ("Il n'y a pas de numéro de téléphone.", "There is no phone number.", "لا يوجد رقم هاتف."),
        [BadPhone] = ("Ce n'est pas un numéro de téléphone.", "This is no phone number.", "هذا ليس رقم هاتف."),
        [NoCountry] = ("Le numéro n'a pas d'indicatif de pays. Écrivez +212…, ou choisissez le pays des numéros.",
            "The number has no country code. Write +212…, or choose the country of the numbers.", "الرقم بدون رمز البلد. اكتبوا ‏+212… أو اختاروا بلد الأرقام."),
        [CutNumber] = ("Le tableur a coupé ce numéro (…E+11). Mettez la colonne au format texte et exportez à nouveau.",
            "The spreadsheet cut this number (…E+11). Set the column to text and export again.", "اقتطع الجدول هذا الرقم (…E+11). اجعلوا العمود نصًّا ثم صدّروه من جديد."),
        [NameTooLong] = ("Le nom a plus de 120 caractères.", "The name has more than 120 characters.", "الاسم أطول من 120 حرفًا."),
        [BadLanguage] = ("La langue est fr, ar ou en.", "The language is fr, ar or en.", "اللغة هي fr أو ar أو en."),
        [BadFlag] = ("Écrivez oui ou non.", "Write yes or no.", "اكتبوا نعم أو لا."),
        [BadValue] = ("Cette valeur ne convient pas à ce champ.", "This value does not fit this field.", "هذه القيمة لا تناسب هذا الحقل."),
        [BadLabel] = ("Une étiquette a 40 caractères au plus.", "A label has 40 characters at most.", "لا تزيد الوسمة على 40 حرفًا."),
        [TooManyLabels] = ("Il y aurait plus de 200 étiquettes.", "There would be more than 200 labels.", "سيتجاوز عدد الوسوم 200."),
        [WithdrawnStays] = ("Ce client a demandé à ne plus recevoir de messages : un fichier ne revient pas sur cela.",
            "This customer asked to get no more messages: a file does not take that back.", "طلب هذا العميل عدم تلقي الرسائل، والملف لا يلغي ذلك."),
        [NotKnown] = ("Aucun contact n'a ce numéro interne.", "No contact has this id.", "لا توجد جهة اتصال بهذا المعرّف."),
        [Repeated] = ("Ce client est déjà plus haut dans le fichier.", "This customer is further up in the file already.", "هذا العميل مذكور أعلاه في الملف."),
        [BadSku] = ("La référence a 1 à 64 lettres, chiffres, -, _, . ou /.", "The SKU has 1 to 64 letters, digits, -, _, . or /.", "المرجع من 1 إلى 64 حرفًا أو رقمًا أو - أو _ أو . أو /."),
        [NoTitle] = ("Un nouveau produit a un titre.", "A new product has a title.", "للمنتج الجديد عنوان."),
        [TooLong] = ("Le texte est trop long.", "The text is too long.", "النص طويل جدًّا."),
        [BadPrice] = ("Le prix est un nombre, comme 129,90.", "The price is a number, such as 129.90.", "السعر رقم مثل 129.90."),
        [BadCurrency] = ("La devise s'écrit en trois lettres, comme MAD ; un prix en a une.", "The currency is three letters, such as MAD; a price has one.",
            "العملة ثلاثة أحرف مثل MAD، ولكل سعر عملة."),
        [BadStock] = ("Le stock est un nombre entier, ou vide.", "The stock is a whole number, or empty.", "المخزون عدد صحيح أو فارغ."),
        [BadAddress] = ("Ce n'est pas une adresse https publique.", "This is no public https address.", "هذا ليس عنوان https عامًّا."),
        [TooManyProducts] = ("Le catalogue aurait plus de 5000 produits.", "The catalogue would have more than 5000 products.", "سيتجاوز الكتالوج 5000 منتج."),
        [NoOrderNumber] = ("Il n'y a pas de numéro de commande.", "There is no order number.", "لا يوجد رقم طلب."),
        [BadOrderNumber] = ("Ce numéro a 1 à 64 lettres, chiffres, -, _, ., / ou #, et n'est pas celui d'une autre commande.",
            "This number has 1 to 64 letters, digits, -, _, ., / or #, and is no other order's.", "هذا الرقم من 1 إلى 64 حرفًا أو رقمًا أو - أو _ أو . أو / أو #، وليس لطلب آخر."),
        [OrderAgain] = ("Cette commande est déjà plus haut dans le fichier : une commande tient sur une ligne.",
            "This order is further up in the file already: an order is one row.", "هذا الطلب مذكور أعلاه في الملف: كل طلب في سطر واحد."),
        [BadStatus] = ("Ce statut n'est pas connu : placed, confirmed, preparing, shipped, out_for_delivery, delivered ou cancelled.",
            "This status is not known: placed, confirmed, preparing, shipped, out_for_delivery, delivered or cancelled.",
            "هذه الحالة غير معروفة: placed أو confirmed أو preparing أو shipped أو out_for_delivery أو delivered أو cancelled."),
        [BadQuantity] = ("La quantité est un nombre entier à partir de 1.", "The quantity is a whole number from 1.", "الكمية عدد صحيح ابتداءً من 1."),
        [BadTotal] = ("Le total est un nombre, et celui de la ligne : quantité × prix.", "The total is a number, and what the line comes to: quantity × price.",
            "المجموع رقم، ويساوي الكمية × السعر."),
        [BadDay] = ("La date s'écrit 2026-05-04 ou 04/05/2026.", "The date is written 2026-05-04 or 04/05/2026.", "يُكتب التاريخ 2026-05-04 أو 04/05/2026."),
        [NoProduct] = ("Aucun produit n'a cette référence : donnez un nom, ou la référence du catalogue.",
            "No product has this SKU: give a name, or the catalogue's SKU.", "لا يوجد منتج بهذا المرجع: اكتبوا اسمًا أو مرجعًا من الكتالوج."),
    };

    public static IEnumerable<string> Codes => All.Keys;

    /// <param name="code">One of the above.</param>
    /// <param name="language">fr, en or ar; anything else: en.</param>
    public static string Sentence(string code, string language) => All.TryGetValue(code, out var texts)
        ? language switch { "fr" => texts.Fr, "ar" => texts.Ar, _ => texts.En }
        : code;

    /// <summary>The heads of the file of problems: row, column, value, problem.</summary>
    public static IReadOnlyList<string> Heads(string language) => language switch
    {
        "fr" => ["ligne", "colonne", "valeur", "problème"],
        "ar" => ["السطر", "العمود", "القيمة", "المشكلة"],
        _ => ["row", "column", "value", "problem"],
    };
}
