using System.Net.Mail;

namespace Relais.Foundation;

/// <summary>
/// The server that takes mail for the team, from <c>RELAIS_SMTP_URL</c> (<c>smtp://user:password@host:587</c>) and
/// <c>RELAIS_MAIL_FROM</c>. Everything beyond this computer is encrypted by STARTTLS, so a password never leaves in the clear.
/// </summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">587 when none is named.</param>
/// <param name="IsEncrypted">STARTTLS; false for this computer only, or with <c>?tls=off</c> and no password.</param>
/// <param name="User">Null without sign-in.</param>
/// <param name="Password">Null without sign-in.</param>
/// <param name="From">The sender's address.</param>
internal sealed record MailServer(string Host, int Port, bool IsEncrypted, string? User, string? Password, string From)
{
    private const string Example = "RELAIS_SMTP_URL is written like smtp://user:password@mail.example.com:587";

    /// <summary>Null with no problem when nothing is set; null with a sentence that mends it when it cannot be used.</summary>
    public static MailServer? Read(string? url, string? from, out string? problem)
    {
        problem = null;
        if (url is null)
        {
            return null;
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("smtp" or "smtps") || uri.Host.Length == 0)
        {
            problem = $"{Example}.";
            return null;
        }

        var port = uri.IsDefaultPort || uri.Port <= 0 ? 587 : uri.Port;
        if (uri.Scheme == "smtps" || port == 465)
        {
            problem = $"{Example}: port 465 (TLS from the first byte) is not supported, use the server's port for STARTTLS, usually 587.";
            return null;
        }

        if (!MailAddress.TryCreate(from ?? "", out var sender))
        {
            problem = "RELAIS_MAIL_FROM is missing or no e-mail address: set the address that mail to the team comes from, such as relais@example.com.";
            return null;
        }

        var parts = uri.UserInfo.Split(':', 2);
        var user = parts[0].Length == 0 ? null : Uri.UnescapeDataString(parts[0]);
        var isOpen = uri.IsLoopback || uri.Query == "?tls=off";
        if (isOpen && user is not null && !uri.IsLoopback)
        {
            problem = "RELAIS_SMTP_URL has a password and tls=off: it would leave in the clear. Take one of them away.";
            return null;
        }

        return new MailServer(uri.Host, port, !isOpen, user, parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : null, sender.Address);
    }

    /// <summary>Without the password: settings are shown and logged.</summary>
    public override string ToString() => $"{Host}:{Port}";
}
