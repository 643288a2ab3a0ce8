using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Relais.Errors;
using Relais.Foundation;
using Relais.Inboxes;
using Relais.Storage;

namespace Relais.Health.Alerts;

/// <summary>
/// In: critical errors that are due to be told. Out: a mail to owners and admins and a signed post to the tenant's alert_url, each
/// once; what fails is tried again a few times. The console hears of them by the change <c>error.critical</c>.
/// </summary>
internal sealed class AlertWorker(
    Database database, ErrorLog errors, Mailer mailer, SafeHttp http, Secrets secrets, InboxDirectory inboxes, PublicAddress address, Clock clock,
    ILogger<AlertWorker> log) : Worker(log)
{
    /// <summary>After the last one the error is in the log and on the console alone.</summary>
    private const int MostAttempts = 5;

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        var due = await database.Write(Scope.Pipeline, tx => AlertStore.Claim(tx, clock.Micros), stopping);
        foreach (var alert in due)
        {
            await Tell(alert, stopping);
        }

        return due.Count > 0;
    }

    protected override Task Idle(CancellationToken stopping) => errors.Alerts.Wait(TimeSpan.FromSeconds(5), stopping);

    private async Task Tell(DueAlert alert, CancellationToken stopping)
    {
        var (settings, error, recipients) = await database.Read(Scope.Pipeline, async tx => (
            await AlertStore.Settings(tx, alert.TenantId), await ErrorStore.Find(tx, alert.TenantId, alert.ErrorId),
            await AlertStore.Recipients(tx, alert.TenantId)), stopping);
        if (settings is null || error is null)
        {
            await Settle(alert, alert.MailedAt, alert.PostedAt, null);
            return;
        }

        var inbox = inboxes.Find(alert.InboxId);
        var wantsMail = alert.MailedAt is null && mailer.IsConfigured && recipients.Count > 0;
        var wantsPost = alert.PostedAt is null && settings.Url is not null;
        var mailProblem = wantsMail ? await Mail(settings, error, inbox, recipients, stopping) : null;
        var postProblem = wantsPost ? await Post(alert.TenantId, settings, error, inbox, stopping) : null;
        foreach (var problem in new[] { mailProblem, postProblem }.OfType<string>())
        {
            Log.LogWarning("area=alerts Tenant {Tenant} was not told of a critical error: {Reason}", alert.TenantId, problem);
        }

        var now = clock.Micros;
        var isDone = (mailProblem is null && postProblem is null) || alert.Attempts >= MostAttempts;
        await Settle(
            alert, wantsMail && mailProblem is null ? now : alert.MailedAt, wantsPost && postProblem is null ? now : alert.PostedAt,
            isDone ? null : now + (alert.Attempts * Instants.Minute));
    }

    private Task Settle(DueAlert alert, long? mailedAt, long? postedAt, long? dueAt) =>
        database.Write(Scope.Pipeline, tx => AlertStore.Settle(tx, alert, mailedAt, postedAt, dueAt));

    private Task<string?> Mail(AlertSettings settings, StoredError error, Inbox? inbox, List<string> recipients, CancellationToken cancel)
    {
        var (subject, text) = AlertTexts.Mail(settings.Language, NameOf(inbox, settings), error, address.Url);
        return mailer.Send(recipients, subject, text, cancel);
    }

    /// <summary>Signed as Meta signs: HMAC-SHA256 of the bytes, keyed by the secret that was shown when the address was entered.</summary>
    private async Task<string?> Post(long tenantId, AlertSettings settings, StoredError error, Inbox? inbox, CancellationToken cancel)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(
            new AlertJson("error.critical", tenantId, inbox?.Id, inbox?.Name, ErrorJson.Of(error)), ApiJson.Options);
        var key = Encoding.UTF8.GetBytes(secrets.Open(settings.Secret ?? "", AlertApi.Place(tenantId)));
        return await http.Post(settings.Url!, json, new Dictionary<string, string>
        {
            ["X-Relais-Signature-256"] = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(key, json)),
        }, cancel) switch
        {
            SafePost.Answered { IsGood: true } => null,
            SafePost.Answered answered => $"alert_url answered HTTP {answered.Status}.",
            SafePost.Failed failed => $"alert_url: {failed.Reason}",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static string NameOf(Inbox? inbox, AlertSettings settings) =>
        inbox is null ? settings.TenantName : inbox.DisplayNumber.Length > 0 ? $"{inbox.Name} {inbox.DisplayNumber}" : inbox.Name;
}

/// <summary>What is posted to alert_url.</summary>
/// <param name="Type">error.critical.</param>
/// <param name="TenantId">Whose.</param>
/// <param name="InboxId">The number it concerns, or null.</param>
/// <param name="InboxName">Its name.</param>
/// <param name="Error">The error as GET /api/errors shows it.</param>
internal sealed record AlertJson(string Type, long TenantId, long? InboxId, string? InboxName, ErrorJson Error);
