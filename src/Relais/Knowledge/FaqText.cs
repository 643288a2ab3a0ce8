using Relais.Foundation;

namespace Relais.Knowledge;

/// <summary>What a FAQ's words may be.</summary>
internal static class FaqText
{
    public const int MaxQuestion = 1000;
    public const int MaxAnswer = 4000;

    public static IResult? WrongLanguage(string? language) =>
        language is null or "fr" or "ar" or "en" ? null : Problems.Invalid400("language", "language is fr, ar or en, or is left out.");

    /// <summary>Null text stays null: the field was left out.</summary>
    public static IResult? Read(string field, string? text, int most, out string? clean)
    {
        clean = text is null ? null : CustomerText.Normalise(text).Trim();
        return clean switch
        {
            "" => Problems.Invalid400(field, $"{field} is missing."),
            { } given when given.Length > most => Problems.Invalid400(field, $"{field} may have at most {most} characters; this one has {given.Length}."),
            _ => null,
        };
    }
}
