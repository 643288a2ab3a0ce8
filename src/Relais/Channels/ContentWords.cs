namespace Relais.Channels;

/// <summary>The few words a layout adds by itself, in French, Arabic and English.</summary>
internal static class ContentWords
{
    /// <summary>fr, ar or en: the one asked for, else the one its letters show, else French.</summary>
    public static string LanguageOf(string? asked, string? text) =>
        asked is "fr" or "ar" or "en" ? asked : IsArabic(text) ? "ar" : "fr";

    /// <summary>Opens a list; 20 characters at most.</summary>
    public static string Choose(string language) => language switch { "ar" => "اختر", "en" => "Choose", _ => "Choisir" };

    /// <summary>Title of the row that leads to the next page; 24 characters at most.</summary>
    public static string More(string language) => language switch { "ar" => "المزيد…", "en" => "More…", _ => "Voir la suite…" };

    /// <summary>Title of the last page's row that leads to the first.</summary>
    public static string FirstPage(string language) => language switch { "ar" => "العودة إلى البداية", "en" => "Back to the start", _ => "Revenir au début" };

    /// <summary>Says how a numbered text is answered.</summary>
    public static string AnswerByNumber(string language) => language switch
    {
        "ar" => "أجب برقم اختيارك.",
        "en" => "Answer with the number of your choice.",
        _ => "Répondez par le numéro de votre choix.",
    };

    /// <summary>Says how a place is sent, where no button can ask for it.</summary>
    public static string ShareLocation(string language) => language switch
    {
        "ar" => "أرسل موقعك عبر 📎 ثم «الموقع».",
        "en" => "Send your location with 📎, then “Location”.",
        _ => "Envoyez votre position avec 📎, puis « Localisation ».",
    };

    private static bool IsArabic(string? text)
    {
        var arabic = 0;
        var latin = 0;
        foreach (var c in text ?? "")
        {
            arabic += c is >= '\u0600' and <= '\u06FF' ? 1 : 0;
            latin += char.IsAsciiLetter(c) ? 1 : 0;
        }

        return arabic > latin;
    }
}
