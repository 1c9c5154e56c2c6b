using Limpet.Text;

namespace Limpet.Tests.Text;

public sealed class EscapingTests
{
    [Theory]
    [InlineData("Shop.OrderView", "Shop.OrderView")]
    [InlineData("Größe 価格 🙂", "Größe 価格 🙂")]
    [InlineData("", "")]
    [InlineData("a\nb\r\tc", @"a\nb\r\tc")]
    [InlineData("\u001b[2J\u001b]0;owned\u0007", @"\u001b[2J\u001b]0;owned\u0007")]
    [InlineData("\u009b31m", @"\u009b31m")]
    [InlineData("nul\0", @"nul\u0000")]
    [InlineData("user\u202Egnp.exe", @"user\u202egnp.exe")]
    [InlineData("\u2066x\u2069", @"\u2066x\u2069")]
    [InlineData("in\u200Bvisible\uFEFF", @"in\u200bvisible\ufeff")]
    [InlineData("a b\u2002\u00a0", @"a b\u2002\u00a0")]
    [InlineData("line\u2028par\u2029", @"line\u2028par\u2029")]
    [InlineData("\U000E0041tag", @"\U000e0041tag")]
    public void Show_Name_IsNotInterpreted(string name, string shown) => Assert.Equal(shown, Escaping.Show(name));

    [Fact]
    public void Show_HalfASurrogatePair_IsEscaped() => Assert.Equal(@"\ud83dhalf", Escaping.Show('\ud83d' + "half"));

    [Fact]
    public void Show_LongName_IsCutAndCounted()
    {
        Assert.Equal("aaaaa… (999995 more)", Escaping.Show(new string('a', 1_000_000), 5));
        Assert.Equal("aaaa… (2 more)", Escaping.Show("aaaa🙂", 5));
        Assert.Equal("aaaaa", Escaping.Show("aaaaa", 5));
    }
}
