namespace Relais.Engine.Tools;

internal static class ProductTools
{
    public const string Search = "search_products";
    public const string Recommend = "recommend_products";
}
