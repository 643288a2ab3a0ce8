using System.Text.Json;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tenants.Audit;

namespace Relais.Tenants.Entry;

/// <summary>Mails links for a new password to those of the queue whom there are. The audit tells of each who asked, also where nothing is sent.</summary>
internal sealed class ResetMailer(
    ResetQueue queue, Database database, Ids ids, ResetLinks links, Mailer mailer, Settings settings, Clock clock, ILogger<ResetMailer> log) : Worker(log)
{
    /// <summary>Links by mail that may work at a time: whoever asks in somebody's name does not fill their mailbox.</summary>
    private const int MaxMails = 3;

    protected override async Task<bool> Round(CancellationToken stopping)
    {
        if (!queue.Take(out var asked))
        {
            return false;
        }

        await Mail(asked, stopping);
        return true;
    }

    protected override Task Idle(CancellationToken stopping) => queue.More(stopping);

    private async Task Mail(ForgottenPassword asked, CancellationToken cancel)
    {
        var (token, now, line) = (ResetLinks.NewToken(), clock.Micros, await ids.One(cancel));
        var language = await database.Write(Scope.Directory, async tx =>
        {
            var agent = await AgentStore.FindByEmail(tx, asked.Email);
            var tenantId = agent is null ? null : await AgentStore.FirstTenant(tx, agent.Id);
            var refused = agent is null ? "unknown"
                : !await ResetStore.CanSignIn(tx, agent.Id) ? "cannot_sign_in"
                : !mailer.IsConfigured ? "no_mail_server"
                : await ResetStore.Mailed(tx, agent.Id, now) >= MaxMails ? "too_many"
                : null;
            await AuditStore.Insert(tx, new AuditEntry
            {
                TenantId = tenantId ?? 0, Id = line, At = now, AgentId = agent?.Id, AgentName = agent?.Name ?? "", Address = asked.From, Action = "request_reset",
                Detail = refused is null ? "{}" : JsonSerializer.Serialize(new { reason = refused }), Outcome = refused is null ? AuditEntry.Done : AuditEntry.Refused,
            });
            if (agent is null || refused is not null)
            {
                return null;
            }

            await ResetStore.Insert(tx, Secrets.HashToken(token), agent.Id, ResetStore.ByMail, now, now + ResetLinks.MailLasts);
            var tenant = tenantId is { } id ? await TenantStore.Find(tx, id) : null;
            return tenant?.Language ?? settings.Language;
        }, cancel);
        if (language is null)
        {
            return;
        }

        var (subject, text) = Words(language, links.Link(token));
        if (await mailer.Send([asked.Email], subject, text, cancel) is { } problem)
        {
            Log.LogWarning("A mail for a new password was not sent: {Reason}", problem);
        }
    }

    internal static (string Subject, string Text) Words(string language, string link) => language switch
    {
        "en" => ("Choose a new password",
            $"Somebody, probably you, asked for a new password for Relais. Choose it here, within an hour:\n\n{link}\n\nIf it was not you, there is nothing to do: your password stays as it is."),
        "ar" => ("اختر كلمة مرور جديدة",
            $"طلب أحدهم، وأنت على الأرجح، كلمة مرور جديدة لحسابك في Relais. اخترها من هنا خلال ساعة:\n\n{link}\n\nإن لم تكن أنت من طلبها فلا داعي لفعل شيء: كلمة مرورك باقية كما هي."),
        _ => ("Choisissez un nouveau mot de passe",
            $"Quelqu'un, sans doute vous, a demandé un nouveau mot de passe pour Relais. Choisissez-le ici, dans l'heure :\n\n{link}\n\nSi ce n'est pas vous, il n'y a rien à faire : votre mot de passe reste le même."),
    };
}
