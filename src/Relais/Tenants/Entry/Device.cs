namespace Relais.Tenants.Entry;

/// <summary>What a User-Agent says in words that its owner recognises. Names, the same in every language.</summary>
/// <param name="Browser">Such as Firefox; null when it is none that is known.</param>
/// <param name="System">Such as Windows; null when it does not say.</param>
internal sealed record Device(string? Browser, string? System)
{
    /// <summary>The first that fits: most browsers claim to be the others, too.</summary>
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg/", "Edge"), ("EdgA/", "Edge"), ("EdgiOS/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Vivaldi/", "Vivaldi"),
        ("FxiOS/", "Firefox"), ("Firefox/", "Firefox"), ("CriOS/", "Chrome"), ("HeadlessChrome/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
        ("curl/", "curl"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"), ("Macintosh", "macOS"), ("Linux", "Linux"),
    ];

    public static Device Of(string? userAgent) => new(First(Browsers, userAgent), First(Systems, userAgent));

    private static string? First((string Mark, string Name)[] known, string? userAgent) =>
        userAgent is null ? null : Array.Find(known, one => userAgent.Contains(one.Mark, StringComparison.Ordinal)).Name;
}
