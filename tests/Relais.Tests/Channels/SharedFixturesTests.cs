using Relais.Channels;
using Relais.Channels.Meta;
using Relais.Channels.Twilio;
using Shouldly;
using Xunit;

namespace Relais.Tests.Channels;

/// <summary>The providers' own samples, when the folder that holds them lies beside the repository; else skipped.</summary>
public sealed class SharedFixturesTests
{
    [Fact]
    public void Every_sample_of_Meta_reads_and_every_inbound_one_gives_a_message()
    {
        foreach (var file in Files("meta", "*.json"))
        {
            var reading = MetaReader.Read(File.ReadAllBytes(file));
            var name = Path.GetFileName(file);
            if (name.Contains("in-value-errors") || name.Contains("echo-") || name.StartsWith("field-", StringComparison.Ordinal) || name.Contains("user_preferences"))
            {
                reading.Events.ShouldNotBeEmpty(name);
                reading.Events.Any(found => found is ChannelEvent.MessageReceived or ChannelEvent.StatusReported).ShouldBeFalse(name);
                reading.Problem.ShouldBeNull(name);
                var isUnused = name.Contains("echo-revoke") || name.Contains("history") || name.Contains("calls");
                reading.Events.All(found => found is ChannelEvent.Other == isUnused).ShouldBeTrue(name);
            }
            else if (name.StartsWith("in-", StringComparison.Ordinal) || name.Contains("-in-"))
            {
                reading.Events.OfType<ChannelEvent.MessageReceived>().ShouldNotBeEmpty(name);
                reading.Events.OfType<ChannelEvent.MessageReceived>()
                    .ShouldAllBe(m => m.Message.Type == "text" || m.Message.Content != null, name);
                reading.Problem.ShouldBeNull(name);
            }
            else if (name.StartsWith("status-", StringComparison.Ordinal) || name.Contains("-status-"))
            {
                if (!name.StartsWith("reply-", StringComparison.Ordinal))
                {
                    reading.Events.OfType<ChannelEvent.StatusReported>().ShouldNotBeEmpty(name);
                    reading.Problem.ShouldBeNull(name);
                }
            }
        }
    }

    [Fact]
    public void Every_sample_of_Twilio_reads_as_one_event()
    {
        foreach (var file in Files("twilio", "*.form"))
        {
            var name = Path.GetFileName(file);
            var kind = name.StartsWith("status-", StringComparison.Ordinal) ? WebhookKind.TwilioStatus : WebhookKind.TwilioMessage;
            var reading = TwilioReader.Read(new VerifiedWebhook(kind, File.ReadAllBytes(file), "application/x-www-form-urlencoded", ""));
            reading.Problem.ShouldBeNull(name);
            (reading.Events.ShouldHaveSingleItem(name) is ChannelEvent.StatusReported).ShouldBe(kind == WebhookKind.TwilioStatus, name);
        }
    }

    private static string[] Files(string provider, string pattern)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Relais.slnx")))
            {
                var shared = Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", "fixtures", provider));
                Assert.SkipUnless(Directory.Exists(shared), "No shared fixtures beside the repository.");
                return Directory.GetFiles(shared, pattern);
            }
        }

        Assert.Skip("Not inside the repository.");
        return [];
    }
}
