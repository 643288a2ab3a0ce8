using Relais.Imports;
using Relais.Imports.Contacts;
using Relais.Imports.Products;
using Shouldly;
using Xunit;

namespace Relais.Tests.Imports;

/// <summary>What stands in files of customers and products is understood, or refused by a word.</summary>
public sealed class ImportReadingTests
{
    [Theory]
    [InlineData("0612345678", "MA", "+212612345678")]
    [InlineData("612345678", "MA", "+212612345678")]
    [InlineData("+33 6 12 34 56 78", "MA", "+33612345678")]
    [InlineData("00212 6 12 34 56 78", null, "+212612345678")]
    [InlineData("212612345678", "MA", "+212612345678")]
    [InlineData("212612345678", null, "+212612345678")]
    [InlineData("06.12.34.56.78", "FR", "+33612345678")]
    [InlineData("٠٦١٢٣٤٥٦٧٨", "MA", "+212612345678")]
    [InlineData("0712345678", "CI", "+2250712345678")]
    [InlineData("612345678.0", "MA", "+212612345678")]
    public void Numbers_are_read_as_people_of_a_country_write_them(string raw, string? country, string wanted) =>
        NationalNumbers.Read(raw, country).ShouldBe((wanted, NumberFault.None));

    [Theory]
    [InlineData("0612345678", null, NumberFault.NoCountry)]
    [InlineData("2.12612E+11", "MA", NumberFault.Cut)]
    [InlineData("Amal", "MA", NumberFault.NotANumber)]
    [InlineData("12", null, NumberFault.NotANumber)]
    internal void What_is_no_number_says_why(string raw, string? country, NumberFault why) => NationalNumbers.Read(raw, country).ShouldBe((null, why));

    [Theory]
    [InlineData("1 234,50", "1234.50", null)]
    [InlineData("1,234.50", "1234.50", null)]
    [InlineData("1.234.567", "1234567", null)]
    [InlineData("1,234", "1234", null)]
    [InlineData("12,5", "12.5", null)]
    [InlineData("0,125", "0.125", null)]
    [InlineData("129.900 TND", "129.900", "TND")]
    [InlineData("99 DH", "99", "MAD")]
    [InlineData("€ 12", "12", "EUR")]
    [InlineData("١٢٫٥", "12.5", null)]
    public void Amounts_are_read_as_shops_write_them(string cell, string amount, string? currency) =>
        AmountText.Read(cell).ShouldBe((decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), currency));

    [Fact]
    public void Every_problem_has_its_sentence_in_each_language()
    {
        foreach (var code in ImportTexts.Codes)
        {
            new[] { "fr", "en", "ar" }.Select(l => ImportTexts.Sentence(code, l)).Distinct().Count().ShouldBe(3, code);
        }
    }

    [Fact]
    public void Columns_are_proposed_by_their_words_each_once()
    {
        ImportTarget[] targets = [new("phone", ["téléphone", "الهاتف"]), new("name", ["nom"]), new("field:city", ["ville"])];
        Proposals.Columns(["NOM", "Telephone", "numéro de téléphone", "City"], targets).ShouldBe(["name", "phone", null, "field:city"]);
        Proposals.Columns(["الهاتف", "Nom du client", ""], targets).ShouldBe(["phone", "name", null]);
        Proposals.CountryOf("Africa/Casablanca").ShouldBe("MA");
        Proposals.CountryOf("UTC").ShouldBeNull();
    }

    [Fact]
    public void What_a_row_did_is_taken_back_where_nobody_touched_it()
    {
        var was = new ContactSnapshot { Name = "A", Labels = [1] };
        var became = was with { Name = "B", Labels = [1, 2], Marketing = "granted" };
        became.Before(was, became, out var whole).IsSame(was).ShouldBeTrue();
        whole.ShouldBeTrue();
        var touched = became with { Name = "C", Labels = [1, 2, 3] };
        var left = touched.Before(was, became, out whole);
        whole.ShouldBeFalse();
        left.IsSame(was with { Name = "C", Labels = [1, 3] }).ShouldBeTrue();
        var withdrawn = was with { Marketing = "withdrawn" };
        withdrawn.Before(was, withdrawn, out whole).Marketing.ShouldBe("withdrawn", "no machine takes a withdrawal back");
        whole.ShouldBeFalse();
    }
}
