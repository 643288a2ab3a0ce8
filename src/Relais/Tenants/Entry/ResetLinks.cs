using Relais.Foundation;

namespace Relais.Tenants.Entry;

/// <summary>Links with which somebody chooses a new password. The token stands after the #, which browsers keep to themselves.</summary>
internal sealed class ResetLinks(PublicAddress address, Settings settings)
{
    /// <summary>A mail is read soon, and lies in a mailbox for ever.</summary>
    public const long MailLasts = Instants.Hour;

    public const long PersonLasts = Instants.Day;

    public static string NewToken() => Secrets.NewToken("pr_");

    /// <summary>
    /// For a mail: never under the host that a request names, since anybody may ask for one and would have the link point to themselves.
    /// </summary>
    public string Link(string token) => At(address.Url?.ToString() ?? Own(settings), token);

    /// <summary>For an admin, who copies it: the address they are at, when no public one is set.</summary>
    public string Link(string token, HttpRequest request) => At(address.Url?.ToString() ?? $"{request.Scheme}://{request.Host}", token);

    /// <summary>For the command line, which has no server.</summary>
    public static string Link(Settings settings, string token) => At(settings.PublicUrl?.ToString() ?? Own(settings), token);

    private static string Own(Settings settings) => settings.Urls.Split(';')[0].Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal);

    private static string At(string url, string token) => $"{url.TrimEnd('/')}/reset#{token}";
}
