using Relais.Channels;
using Shouldly;
using Xunit;

namespace Relais.Tests.Channels;

public sealed class MediaHostsTests
{
    private static readonly MediaHosts Hosts = new(new Uri("https://graph.facebook.com"), ["graph.facebook.com", "lookaside.fbsbx.com"], [".fbcdn.net"]);

    [Theory]
    [InlineData("https://graph.facebook.com/v26.0/1", true, true)]
    [InlineData("https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1", true, true)]
    [InlineData("https://scontent.xx.fbcdn.net/a", false, true)]
    [InlineData("http://lookaside.fbsbx.com/a", false, false)]
    [InlineData("https://lookaside.fbsbx.com:8443/a", false, false)]
    [InlineData("https://lookaside.fbsbx.com@evil.example/a", false, false)]
    [InlineData("https://user:pass@lookaside.fbsbx.com/a", false, false)]
    [InlineData("https://lookaside.fbsbx.com.evil.example/a", false, false)]
    [InlineData("https://evilfbcdn.net/a", false, false)]
    [InlineData("https://169.254.169.254/latest/meta-data", false, false)]
    [InlineData("http://127.0.0.1/a", false, false)]
    [InlineData("file:///etc/passwd", false, false)]
    public void Only_the_providers_hosts_are_asked_and_fewer_get_the_key(string url, bool isKeyed, bool isAllowed)
    {
        Hosts.IsKeyed(new Uri(url)).ShouldBe(isKeyed);
        Hosts.IsAllowed(new Uri(url)).ShouldBe(isAllowed);
    }

    [Fact]
    public void What_is_configured_is_the_provider_on_its_own_port_only()
    {
        var hosts = new MediaHosts(new Uri("http://127.0.0.1:5080/simulator/graph"), [], []);
        hosts.IsKeyed(new Uri("http://127.0.0.1:5080/any")).ShouldBeTrue();
        hosts.IsKeyed(new Uri("http://localhost:5080/any")).ShouldBeTrue();
        hosts.IsAllowed(new Uri("http://127.0.0.1:5081/any")).ShouldBeFalse();
        hosts.IsAllowed(new Uri("https://127.0.0.1:5080/any")).ShouldBeFalse();
        hosts.IsAllowed(new Uri("http://10.0.0.1:5080/any")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("https://example.com/photo.jpg", true)]
    [InlineData("http://example.com/photo.jpg", false)]
    [InlineData("https://localhost/photo.jpg", false)]
    [InlineData("https://user:secret@example.com/photo.jpg", false)]
    [InlineData("photo.jpg", false)]
    public void A_link_is_a_public_https_address(string link, bool isFine) => (MediaLimits.CheckLink(link) is null).ShouldBe(isFine);

    [Fact]
    public void Limits_are_those_of_the_kind_and_the_channel()
    {
        const long mb = MediaLimits.Megabyte;
        MediaLimits.Check(new OutboundContent.Image(), "image/jpeg", 5 * mb, ChannelKind.Meta).ShouldBeNull();
        MediaLimits.Check(new OutboundContent.Image(), "image/jpeg", (5 * mb) + 1, ChannelKind.Meta)!.ShouldContain("5 MB");
        MediaLimits.Check(new OutboundContent.Image(), "image/webp", 1, ChannelKind.Meta)!.ShouldContain("image/jpeg, image/png");
        MediaLimits.Check(new OutboundContent.Document(), "application/pdf", 90 * mb, ChannelKind.Meta).ShouldBeNull();
        MediaLimits.Check(new OutboundContent.Document(), "application/pdf", 17 * mb, ChannelKind.Twilio)!.ShouldContain("16 MB");
        MediaLimits.Check(new OutboundContent.Audio { Voice = true }, "audio/ogg; codecs=opus", 1, ChannelKind.Meta).ShouldBeNull();
        MediaLimits.Check(new OutboundContent.Audio { Voice = true }, "audio/mpeg", 1, ChannelKind.Meta)!.ShouldContain("audio/ogg");
        MediaLimits.Check(new OutboundContent.Audio(), "audio/ogg", 1, ChannelKind.Meta)!.ShouldContain("OPUS");
        MediaLimits.Check(new OutboundContent.Sticker(), "image/webp", 501 * 1024, ChannelKind.Meta)!.ShouldContain("500 KB");
    }
}
