using System.Net;
using System.Net.Mail;
using System.Net.Sockets;
using System.Text;

namespace Relais.Foundation;

/// <summary>Mail to the team, one at a time. What a network or a mail server can do comes back as a sentence.</summary>
internal sealed class Mailer(MailServer? server)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public bool IsConfigured => server is not null;

    /// <summary>Null once the mail server has taken it; otherwise why not.</summary>
    public async Task<string?> Send(IReadOnlyCollection<string> to, string subject, string text, CancellationToken cancel)
    {
        if (server is null)
        {
            return "No mail server is set.";
        }

        using var mail = new MailMessage { From = new MailAddress(server.From, "Relais"), SubjectEncoding = Encoding.UTF8, BodyEncoding = Encoding.UTF8 };
        mail.Subject = OneLine(subject);
        mail.Body = text;
        foreach (var address in to)
        {
            mail.To.Add(address);
        }

        using var client = new SmtpClient(server.Host, server.Port) { EnableSsl = server.IsEncrypted };
        if (server.User is not null)
        {
            client.Credentials = new NetworkCredential(server.User, server.Password);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        try
        {
            await client.SendMailAsync(mail, limit.Token);
            return null;
        }
        catch (SmtpException e)
        {
            // The inner message says which name or certificate it was; neither holds the password.
            return $"The mail server {server} did not take it ({e.StatusCode}: {e.InnerException?.Message ?? e.Message}).";
        }
        catch (Exception e) when (e is IOException or SocketException or System.Security.Authentication.AuthenticationException)
        {
            return $"The mail server {server} cannot be used ({e.Message}).";
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return $"The mail server {server} did not answer in time.";
        }
    }

    /// <summary>A header is one line.</summary>
    private static string OneLine(string subject)
    {
        var line = string.Concat(subject.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return line.Length <= 200 ? line : string.Concat(line.AsSpan(0, char.IsHighSurrogate(line[198]) ? 198 : 199), "…");
    }
}
