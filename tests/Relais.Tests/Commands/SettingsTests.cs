using Relais.Foundation;
using Relais.Inboxes;
using Shouldly;
using Xunit;

namespace Relais.Tests.Commands;

/// <summary>What is set from outside, by the names that the source systems' users know.</summary>
public sealed class SettingsTests
{
    [Theory]
    [InlineData("APP_URL")]
    [InlineData("WEBHOOK_BASE_URL")]
    [InlineData("RELAIS_PUBLIC_URL")]
    public void The_public_address_has_three_names(string key) =>
        Of((key, " https://relais.example.com/ ")).PublicUrl.ShouldBe(new Uri("https://relais.example.com"));

    [Fact]
    public void The_most_particular_name_of_the_public_address_wins() =>
        Of(("APP_URL", "https://a.example"), ("WEBHOOK_BASE_URL", "https://b.example"), ("RELAIS_PUBLIC_URL", "https://c.example"))
            .PublicUrl.ShouldBe(new Uri("https://c.example"));

    [Theory]
    [InlineData("PORT")]
    [InlineData("BACKEND_PORT")]
    public void A_port_of_a_hosting_platform_listens_to_the_world(string key) => Of((key, "3000")).Urls.ShouldBe("http://0.0.0.0:3000");

    [Fact]
    public void Without_a_port_only_this_computer_is_served() => Of().Urls.ShouldBe("http://127.0.0.1:5080");

    [Fact]
    public void The_demo_turns_a_platforms_port_back_to_this_computer_and_refuses_a_chosen_address()
    {
        var port = Of(("PORT", "3000"));
        port.ListenOnlyHere().ShouldBeNull();
        port.Urls.ShouldBe("http://127.0.0.1:3000");
        Of(("RELAIS_URLS", "http://0.0.0.0:80")).ListenOnlyHere().ShouldNotBeNull().ShouldContain("RELAIS_URLS");
    }

    [Theory]
    [InlineData("RELAIS_DATABSE", "x", "RELAIS_DATABSE is not a setting")]
    [InlineData("PORT", "http", "PORT is 'http'")]
    [InlineData("APP_URL", "relais.example.com", "APP_URL is")]
    [InlineData("RELAIS_PUBLIC_URL", "ftp://x", "RELAIS_PUBLIC_URL is")]
    [InlineData("RELAIS_SEND_RATE", "-1", "RELAIS_SEND_RATE is '-1'")]
    [InlineData("RELAIS_QUIET_MS", "9000", "from 0 to 5000")]
    [InlineData("RELAIS_LANGUAGE", "de", "one of fr, en, ar")]
    [InlineData("RELAIS_ROLES", "web,cook", "RELAIS_ROLES takes")]
    [InlineData("RELAIS_LOG", "loud", "RELAIS_LOG is 'loud'")]
    [InlineData("RELAIS_TRUSTED_PROXIES", "10.0.0.5,proxy.example", "names 'proxy.example'")]
    [InlineData("RELAIS_TRUSTED_PROXIES", "10.0.0.5/8x", "IP addresses and networks")]
    public void What_cannot_be_used_is_refused_with_a_sentence(string key, string value, string sentence) =>
        Of((key, value)).Problems.ShouldHaveSingleItem().ShouldContain(sentence);

    [Fact]
    public void Unknown_keys_of_others_are_none_of_our_business() => Of(("OPENAI_API_KEY", "x"), ("PATH", "/bin")).Problems.ShouldBeEmpty();

    [Theory]
    [InlineData("A=b", "A", "b")]
    [InlineData("  export A = b c ", "A", "b c")]
    [InlineData("A=\"b # c\"", "A", "b # c")]
    [InlineData("A='b=c'", "A", "b=c")]
    [InlineData("A=", "A", "")]
    [InlineData("A=b=c==", "A", "b=c==")]
    public void A_line_of_an_env_file_is_read_as_shells_do(string line, string key, string value)
    {
        var read = new Dictionary<string, string>();
        Settings.AddLine(read, line);
        read.ShouldBe(new Dictionary<string, string> { [key] = value });
    }

    [Theory]
    [InlineData("# A=b")]
    [InlineData("")]
    [InlineData("=b")]
    [InlineData("just words")]
    public void Other_lines_of_an_env_file_say_nothing(string line)
    {
        var read = new Dictionary<string, string>();
        Settings.AddLine(read, line);
        read.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("whatsapp:+14155238886", "+14155238886")]
    [InlineData("WhatsApp:+1 415 523 8886", "+14155238886")]
    [InlineData("+1 (415) 523-8886", "+14155238886")]
    [InlineData("14155238886", "+14155238886")]
    [InlineData("whatsapp:", null)]
    [InlineData("12345", null)]
    [InlineData("1234567890123456", null)]
    [InlineData(null, null)]
    public void A_Twilio_number_may_be_written_in_many_ways(string? written, string? e164) => EnvironmentInboxes.Number(written).ShouldBe(e164);

    [Fact]
    public void The_start_says_of_each_channel_what_is_missing()
    {
        EnvironmentInboxes.Lines(Of()).ShouldContain("area=whatsapp Meta: not configured (WHATSAPP_ACCESS_TOKEN is missing)");
        EnvironmentInboxes.Lines(Of()).ShouldContain("area=ai OpenAI: not configured (OPENAI_API_KEY is missing); the built-in agent answers");
        var half = EnvironmentInboxes.Lines(Of(("TWILIO_ACCOUNT_SID", "AC"), ("TWILIO_AUTH_TOKEN", "t"))).Single(l => l.Contains("Twilio:"));
        half.ShouldContain("incomplete, missing TWILIO_WHATSAPP_NUMBER");
        half.ShouldContain("WEBHOOK_BASE_URL=");
        EnvironmentInboxes.Lines(Of(("TWILIO_ACCOUNT_SID", "AC"), ("TWILIO_AUTH_TOKEN", "t"), ("TWILIO_WHATSAPP_NUMBER", "me"), ("APP_URL", "https://a.example")))
            .Single(l => l.Contains("Twilio:")).ShouldBe("area=whatsapp Twilio: configured; TWILIO_WHATSAPP_NUMBER is not a phone number: write it like whatsapp:+14155238886");
        EnvironmentInboxes.Lines(Of(("WHATSAPP_ACCESS_TOKEN", "t"), ("WHATSAPP_PHONE_NUMBER_ID", "1"), ("WHATSAPP_APP_SECRET", "s"), ("WHATSAPP_WEBHOOK_VERIFY_TOKEN", "v")))
            .ShouldContain("area=whatsapp Meta: configured");
    }

    private static Settings Of(params (string Key, string Value)[] values) =>
        Settings.From(values.Select(v => KeyValuePair.Create(v.Key, v.Value)));
}
