using System.Net;
using Relais.Foundation;
using Shouldly;
using Xunit;

namespace Relais.Tests.Foundation;

public sealed class PublicInternetTests
{
    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("100.63.0.1", true)]
    [InlineData("172.32.0.1", true)]
    [InlineData("2606:4700:4700::1111", true)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("192.168.0.1", false)]
    [InlineData("198.18.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("157.240.1.1", true)]
    [InlineData("2a03:2880:f003::1", true)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("192.168.1.1", false)]
    public void Only_addresses_of_the_internet_are_public(string address, bool isPublic) =>
        PublicInternet.IsPublic(IPAddress.Parse(address)).ShouldBe(isPublic);
}
