using Relais.Channels;
using Relais.Commerce;
using Relais.Commerce.Messages;
using Relais.Foundation;
using Shouldly;
using Xunit;

namespace Relais.Tests.Commerce;

/// <summary>Products as one message: whatever their number, words and language, both providers take it.</summary>
public sealed class ProductMessageTests
{
    public static TheoryData<string, bool> Forms() => new() { { "fr", true }, { "fr", false }, { "en", true }, { "en", false }, { "ar", true }, { "ar", false } };

    [Theory, MemberData(nameof(Forms))]
    public void One_to_thirty_products_are_a_message_that_the_provider_takes(string language, bool isLinked)
    {
        for (var count = 1; count <= ProductMessage.Most; count++)
        {
            var products = Enumerable.Range(1, count).Select(i => Product(i)).ToList();
            foreach (var body in new[] { null, "Voici", new string('a', 2000) })
            {
                var content = ProductMessage.Of(language, products, isLinked ? "194836987003835" : null, body);
                ContentCheck.Of(content, ContentLimits.Meta).ShouldBeEmpty();
                if (!isLinked)
                {
                    ContentCheck.Of(content, ContentLimits.Twilio).ShouldBeEmpty();
                }

                ContentJson.Read(content.Readable, ContentJson.Write(content)).Readable.ShouldBe(content.Readable);
            }
        }
    }

    [Fact]
    public void A_linked_message_names_the_skus_and_reads_as_our_titles()
    {
        var list = ProductMessage.Of("en", [Product(1), Product(2)], "7001").ShouldBeOfType<OutboundContent.ProductList>();
        list.Sections.ShouldHaveSingleItem().ProductIds.ShouldBe(["SKU-1", "SKU-2"]);
        list.Readable.ShouldContain("• Product 1");
        var one = ProductMessage.Of("en", [Product(3)], "7001", "Look").ShouldBeOfType<OutboundContent.Product>();
        (one.ProductId, one.Body).ShouldBe(("SKU-3", "Look"));
        one.Readable.ShouldStartWith("Look\n• Product 3");
    }

    private static Product Product(int i) => new()
    {
        TenantId = 1, Id = i, Sku = $"SKU-{i}", PriceMinor = i % 2 == 0 ? null : 590, Currency = i % 2 == 0 ? null : "EUR", Enabled = 1,
        Title = new LocalText(null, $"Produit {i}\n" + new string('é', i * 8), $"منتج {i}", $"Product {i}").Write(),
    };
}
