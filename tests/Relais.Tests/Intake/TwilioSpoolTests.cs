using Relais.Channels;
using Relais.Intake;
using Shouldly;
using Xunit;

namespace Relais.Tests.Intake;

public sealed class TwilioSpoolTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("relais-spool-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task What_a_power_cut_left_half_written_spoils_no_webhook_after_it()
    {
        using (var before = new TwilioSpool(folder))
        {
            await before.Append(Webhook(1));
        }

        await File.AppendAllTextAsync(Path.Combine(folder, "twilio.spool"), """{"ConnectionId":1,"LaneK""");
        using var after = new TwilioSpool(folder);
        await after.Append(Webhook(2));

        var stored = new List<byte>();
        await after.Drain(webhooks =>
        {
            stored.AddRange(webhooks.Select(w => w.Body[0]));
            return Task.CompletedTask;
        });
        stored.ShouldBe([(byte)1, (byte)2]);
        after.HasAny.ShouldBeFalse();
    }

    [Fact]
    public async Task A_full_spool_is_emptied_in_order_with_few_commits()
    {
        using var spool = new TwilioSpool(folder);
        foreach (var body in Enumerable.Range(0, 251))
        {
            await spool.Append(Webhook((byte)body));
        }

        var commits = new List<int>();
        var stored = new List<byte>();
        await spool.Drain(webhooks =>
        {
            commits.Add(webhooks.Count);
            stored.AddRange(webhooks.Select(w => w.Body[0]));
            return Task.CompletedTask;
        });
        commits.ShouldBe([250, 1]);
        stored.ShouldBe(Enumerable.Range(0, 251).Select(b => (byte)b));
    }

    private static NewWebhook Webhook(byte body) => new(1, 1, WebhookKind.TwilioMessage, "", "", [body], 0);
}
