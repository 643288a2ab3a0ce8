using FsCheck;
using FsCheck.Fluent;
using Relais.Campaigns;
using Relais.Campaigns.Audience;
using Relais.Campaigns.Sending;
using Relais.Changes;
using Relais.Channels;
using Relais.Foundation;
using Relais.Inboxes;
using Relais.Outbox;
using Relais.Storage;
using Relais.Templates;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Campaigns;

/// <summary>
/// A campaign's steps in any order, with transactions that die before their commit, people who pause and resume, and messages that leave in
/// between: whatever happened, in the end each customer has one message that was not taken back.
/// </summary>
public sealed class CampaignStepsTests : IDisposable
{
    private const long Id = 500;
    private const int Customers = 23;

    private readonly Clock clock = new();
    private readonly Signals signals = new();

    private enum Step
    {
        Fill = 1,
        FillDies = 2,
        Send = 3,
        SendDies = 4,
        Pause = 5,
        Resume = 6,
        SomeLeave = 7,
        SomeFail = 8,
        Retry = 9,
        Time = 10,
    }

    [Theory, OnEveryDatabase]
    public async Task Nobody_gets_it_twice_and_nobody_is_forgotten(DatabaseKind kind)
    {
        await using var business = await Open(kind);
        var steps = await Steps(business);
        var script = Gen.ListOf(Gen.Frequency(
            (5, Gen.Constant(Step.Send)), (3, Gen.Constant(Step.SendDies)), (2, Gen.Constant(Step.Pause)), (3, Gen.Constant(Step.Resume)), (2, Gen.Constant(Step.Fill)),
            (2, Gen.Constant(Step.FillDies)), (3, Gen.Constant(Step.SomeLeave)), (1, Gen.Constant(Step.SomeFail)), (1, Gen.Constant(Step.Retry)), (3, Gen.Constant(Step.Time))), 30);
        await Task.Run(() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(kind == DatabaseKind.Sqlite ? 40 : 15), Prop.ForAll(Arb.From(script.Select(s => s.ToList())), played =>
        {
            // FsCheck's runner is synchronous; nothing here has a context to wait for.
            steps.Play(played).GetAwaiter().GetResult();
            return true;
        })));
    }

    public void Dispose() => signals.Dispose();

    private async Task<Business> Open(DatabaseKind kind)
    {
        var business = await Business.Open(kind);
        await business.Database.Write(Relais.Storage.Scope.Pipeline, async tx =>
        {
            await tx.Execute("UPDATE tenant SET quiet_hours_from = 0, quiet_hours_until = 0, unasked_limit = 0");
            await TemplateStore.Insert(tx, new StoredTemplate
            {
                TenantId = Business.Tenant, Id = 400, ConnectionId = 1, ProviderId = "t1", Name = "promo", Language = "fr", Category = "marketing", Status = "approved",
                Components = StoredTemplate.Write(new TemplateParts("Bonjour {{1}}, voici.")), CreatedAt = 1, UpdatedAt = 1,
            });
            for (var i = 0; i < Customers; i++)
            {
                await tx.Execute("INSERT INTO contact (tenant_id, id, name, phone, created_at) VALUES (1, @id, 'Amal', @phone, 1)", new { id = 600L + i, phone = $"+3361100{i:0000}" });
            }
        });
        return business;
    }

    private async Task<Playing> Steps(Business business)
    {
        var directory = new InboxDirectory(business.Database, new Secrets(new byte[32]), Settings.From([]));
        await directory.Load(CancellationToken.None);
        var queue = new WorkQueue(signals, new NodeName("test"));
        var gate = new SendGate(queue, new ChangeLog(signals), new ChannelSet([new ShortChannel()]), directory, clock, new MonthlyMessages());
        return new Playing(business, clock, new CampaignFilling(queue, new CampaignStart(), clock),
            new CampaignSending(gate, new Addressing(directory, clock), directory, new CampaignTiers(directory), Settings.From([]), clock),
            new CampaignSweep(new ChangeLog(signals), clock));
    }

    /// <summary>What the worker, people and the wire do, each as one transaction.</summary>
    private sealed class Playing(Business business, Clock clock, CampaignFilling filling, CampaignSending sending, CampaignSweep sweep)
    {
        public async Task Play(IReadOnlyList<Step> script)
        {
            await Begin();
            foreach (var step in script)
            {
                await Do(step);
            }

            // Then nothing dies any more and nobody interferes.
            await Do(Step.Resume);
            for (var i = 0; i < 400 && await State() != CampaignState.Done; i++)
            {
                await Work(dies: false);
                await Do(Step.SomeLeave);
                clock.Advance(TimeSpan.FromSeconds(1));
            }

            (await State()).ShouldBe(CampaignState.Done);
            (await business.Query<long>("""
                SELECT (SELECT count(*) FROM message m JOIN conversation c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id
                  WHERE c.contact_id = k.id AND m.status IN (0, 1, 3, 4)) FROM contact k WHERE k.tenant_id = 1 ORDER BY k.id
                """)).Zip(await Failed()).ShouldAllBe(pair => pair.First == (pair.Second ? 0 : 1));
            (await business.One<long>("SELECT count(*) FROM campaign_recipient WHERE campaign_id = @Id AND state = 1", new { Id })).ShouldBe(Customers);
            (await business.One<string>("SELECT total || '/' || waiting || '/' || taken || '/' || skipped FROM campaign WHERE id = @Id", new { Id })).ShouldBe($"{Customers}/0/{Customers}/0");
        }

        /// <summary>Whose last message failed and was not sent again.</summary>
        private async Task<List<bool>> Failed() => [.. (await business.Query<long>("""
            SELECT CASE WHEN m.status = 2 THEN 1 ELSE 0 END FROM campaign_recipient r JOIN message m ON m.id = r.message_id AND m.tenant_id = r.tenant_id
            WHERE r.campaign_id = @Id ORDER BY r.contact_id
            """, new { Id })).Select(f => f == 1)];

        private async Task Begin() => await business.Database.Write(Relais.Storage.Scope.Pipeline, async tx =>
        {
            foreach (var table in (string[])["campaign_recipient", "campaign_zone", "campaign", "unasked_send", "outbox", "message", "conversation"])
            {
                await tx.Execute($"DELETE FROM {table} WHERE tenant_id = 1");
            }

            await CampaignStore.Insert(tx, new Campaign
            {
                TenantId = 1, Id = Id, Name = "A", InboxId = Business.Inbox, Pace = 240, AgentId = 1, CreatedAt = clock.Micros,
                Template = Campaign.Write(new CampaignTemplate("promo", ["fr"], new Dictionary<string, CampaignVariable>(StringComparer.Ordinal) { ["body.1"] = new("field", "name") })),
                Audience = Campaign.Write(new CampaignAudience(CampaignAudience.All)), Schedule = Campaign.Write(new CampaignSchedule()),
            });
            await CampaignStore.Check(tx, 1, Id, starts: true, null, clock.Micros);
        });

        private async Task Do(Step step)
        {
            var now = clock.Micros;
            switch (step)
            {
                case Step.Fill or Step.Send:
                    await Work(dies: false);
                    break;
                case Step.FillDies or Step.SendDies:
                    await Work(dies: true);
                    break;
                case Step.Pause when await State() is CampaignState.Running or CampaignState.Scheduled:
                    await business.Database.Write(Relais.Storage.Scope.Pipeline, async tx =>
                    {
                        await CampaignStore.Move(tx, 1, Id, CampaignState.Paused, now, now);
                        await CampaignStore.Swept(tx, 1, Id, isMore: true, now);
                    });
                    break;
                case Step.Resume when await State() == CampaignState.Paused:
                    await business.Database.Write(Relais.Storage.Scope.Pipeline, tx => CampaignStore.Move(tx, 1, Id, CampaignState.Running, now, now));
                    break;
                case Step.SomeLeave:
                    await Leave(status: 1, code: null);
                    break;
                case Step.SomeFail:
                    await Leave(status: 2, code: 131049);
                    break;
                case Step.Retry:
                    await business.Database.Write(Relais.Storage.Scope.Pipeline, async tx =>
                    {
                        if (await CampaignStore.Hold(tx, 1, Id, now) is { State: CampaignState.Running or CampaignState.Paused or CampaignState.Done } campaign)
                        {
                            var count = await CampaignRetries.WaitAgain(tx, 1, Id);
                            await CampaignStore.Count(tx, 1, Id, count, -count, 0, 0);
                            if (campaign.State == CampaignState.Done)
                            {
                                await CampaignStore.Move(tx, 1, Id, CampaignState.Running, now, now);
                            }
                        }
                    });
                    break;
                case Step.Time:
                    clock.Advance(TimeSpan.FromMilliseconds(700));
                    break;
            }
        }

        /// <summary>Three of those that are queued come back from the wire.</summary>
        private Task Leave(long status, long? code) => business.Database.Write(Relais.Storage.Scope.Pipeline, async tx =>
        {
            foreach (var message in await tx.Query<long>("SELECT message_id FROM outbox WHERE tenant_id = 1 ORDER BY message_id LIMIT 3"))
            {
                await tx.Execute("DELETE FROM outbox WHERE tenant_id = 1 AND message_id = @message", new { message });
                await tx.Execute("UPDATE message SET status = @status, error_code = CAST(@code AS BIGINT) WHERE tenant_id = 1 AND id = @message", new { status, code, message });
            }
        });

        /// <summary>What the worker does when it looks, up to the commit or not.</summary>
        private async Task Work(bool dies)
        {
            var ids = await business.Ids.Take(CampaignSending.IdsNeeded);
            try
            {
                await business.Database.Write(Relais.Storage.Scope.Pipeline, async tx =>
                {
                    ids.Rewind();
                    var campaign = (await CampaignStore.Hold(tx, 1, Id, clock.Micros))!;
                    if (campaign.NextAt <= clock.Micros)
                    {
                        await (campaign.Sweep == 1 ? sweep.Page(tx, campaign, ids)
                            : campaign.State == CampaignState.Checking ? filling.Page(tx, campaign, ids)
                            : campaign.State is CampaignState.Scheduled or CampaignState.Running ? sending.Batch(tx, campaign, ids) : Task.CompletedTask);
                    }

                    if (dies)
                    {
                        throw new KilledException();
                    }
                });
            }
            catch (KilledException)
            {
                // Nothing of it was committed.
            }
        }

        private Task<string> State() => business.One<string>("SELECT state FROM campaign WHERE id = @Id", new { Id });
    }

    private sealed class KilledException : Exception;
}
