using System.Globalization;
using Limpet.Heap.Holders;

namespace Limpet.Heap.Tests.Holders;

public sealed class SourceNamesTests
{
    [Theory]
    [InlineData("Shop.OrderView", "Shop.OrderView")]
    [InlineData("System.String", "string")]
    [InlineData("System.Byte[]", "byte[]")]
    [InlineData("System.Int32[,][]", "int[,][]")]
    [InlineData("Shop.Outer+Inner", "Shop.Outer.Inner")]
    [InlineData("System.Collections.Generic.List<System.String>", "System.Collections.Generic.List<string>")]
    [InlineData("System.Collections.Generic.List<string>", "System.Collections.Generic.List<string>")]
    [InlineData("System.Collections.Generic.Dictionary<System.String, Shop.Order>+Entry[]", "System.Collections.Generic.Dictionary<string, Shop.Order>.Entry[]")]
    [InlineData("System.Collections.Generic.Dictionary<string, Shop.Order>.Entry[]", "System.Collections.Generic.Dictionary<string, Shop.Order>.Entry[]")]
    [InlineData("System.Collections.Generic.List`1[[System.String, System.Private.CoreLib, Version=10.0.0.0, Culture=neutral, PublicKeyToken=7cec85d7bea7798e]]", "System.Collections.Generic.List<string>")]
    [InlineData("System.Collections.Generic.Dictionary`2+Entry[[System.String, System.Private.CoreLib],[Shop.Order, Shop]][]", "System.Collections.Generic.Dictionary<string, Shop.Order>.Entry[]")]
    [InlineData("Shop.Outer`1+Inner`1[System.Int32,System.String]", "Shop.Outer<int>.Inner<string>")]
    [InlineData("Shop.OrderService+<PlaceOrder>d__7", "state machine of OrderService.PlaceOrder()")]
    [InlineData("Shop.OrderService+<>c__DisplayClass3_0", "closure in Shop.OrderService")]
    [InlineData("Shop.OrderService+<>c__DisplayClass3_0<Shop.Order>", "closure in Shop.OrderService")]
    [InlineData("Shop.OrderService+<>c", "lambdas in Shop.OrderService")]
    [InlineData("<>f__AnonymousType0<System.String, System.Int32>", "anonymous type<string, int>")]
    [InlineData("<PrivateImplementationDetails>+__StaticArrayInitTypeSize=12", "<PrivateImplementationDetails>.__StaticArrayInitTypeSize=12")]
    [InlineData("System.Runtime.CompilerServices.AsyncTaskMethodBuilder<System.Threading.Tasks.VoidTaskResult>+AsyncStateMachineBox<Shop.OrderService+<Start>d__3>", "async OrderService.Start()")]
    [InlineData("System.Runtime.CompilerServices.AsyncTaskMethodBuilder`1+AsyncStateMachineBox`1[[System.Int32, System.Private.CoreLib],[Shop.OrderService+<Start>d__3, Shop]]", "async OrderService.Start()")]
    [InlineData("System.Runtime.CompilerServices.AsyncTaskMethodBuilder<System.Int32>+AsyncStateMachineBox<Shop.OrderService+<>c__DisplayClass3_0+<<Start>b__0>d>", "async lambda in OrderService.Start")]
    [InlineData("System.Runtime.CompilerServices.AsyncTaskMethodBuilder<System.Int32>+AsyncStateMachineBox<Program+<<<Main>$>g__Loop|0_1>d>", "async local function Loop in Program.Main")]
    [InlineData("System.Runtime.CompilerServices.AsyncTaskMethodBuilder<System.Int32>+AsyncStateMachineBox<Program+<<Main>$>d__0>", "async Program.Main()")]
    [InlineData("Free", "Free")]
    [InlineData("", "")]
    [InlineData("<<<<", "<<<<")]
    [InlineData("List<", "List<")]
    [InlineData("A]]>b", "A]]>b")]
    public void Type_RuntimeName_IsSpelledAsInTheSource(string runtimeName, string expected) =>
        Assert.Equal(expected, SourceNames.Type(runtimeName));

    [Theory]
    [InlineData("Shop.OrderView", ".ctor", "OrderView..ctor")]
    [InlineData("Shop.OrderView", "OnChanged", "OrderView.OnChanged")]
    [InlineData("Shop.OrderService+<>c__DisplayClass3_0", "<Start>b__0", "lambda in OrderService.Start")]
    [InlineData("Shop.OrderService+<>c", "<.ctor>b__3_0", "lambda in OrderService..ctor")]
    [InlineData("Shop.OrderService", "<Start>b__3_0", "lambda in OrderService.Start")]
    [InlineData("Shop.OrderService", "<Start>g__Apply|3_0", "local function Apply in OrderService.Start")]
    [InlineData("Shop.OrderService", "<<Start>g__Apply|3_0>b__1", "lambda in OrderService.Start")]
    [InlineData("Shop.OrderService+<Start>d__3", "MoveNext", "OrderService.Start")]
    [InlineData("Shop.Reader", "MoveNext", "Reader.MoveNext")]
    [InlineData("Program", "<Main>$", "Program.Main")]
    [InlineData("Program+<>c", "<<Main>$>b__0_1", "lambda in Program.Main")]
    [InlineData("Shop.Outer+Inner<System.Int32>", "Run", "Inner.Run")]
    public void Method_RuntimeName_IsSpelledAsInTheSource(string type, string method, string expected) =>
        Assert.Equal(expected, SourceNames.Method(type, method));

    [Theory]
    [InlineData("_invocationList", "_invocationList")]
    [InlineData("<Name>k__BackingField", "Name")]
    [InlineData("<>4__this", "this")]
    [InlineData("<count>5__2", "count")]
    [InlineData("<>8__1", "closure")]
    [InlineData("CS$<>8__locals1", "closure")]
    [InlineData("<>3__first", "first")]
    [InlineData("<store>P", "store")]
    [InlineData("StateMachine.<>4__this", "StateMachine.this")]
    [InlineData("[x].<Key>k__BackingField", "[x].Key")]
    [InlineData("<>q", "<>q")]
    public void Field_RuntimeName_IsSpelledAsInTheSource(string field, string expected) =>
        Assert.Equal(expected, SourceNames.Field(field));

    [Fact]
    public void Type_ThousandGenericArguments_IsShortenedReadably()
    {
        string arguments = string.Join(", ", Enumerable.Range(0, 1000).Select(argument => $"Shop.Part{argument.ToString(CultureInfo.InvariantCulture)}"));

        Assert.Equal("Shop.Tuple<Shop.Part0, Shop.Part1, Shop.Part2, … 997 more>", SourceNames.Type($"Shop.Tuple<{arguments}>"));
    }

    [Fact]
    public void Type_DeepGenericArguments_IsShortenedReadably()
    {
        string type = "Shop.Leaf";
        for (int depth = 0; depth < 150; depth++)
        {
            type = $"Shop.Box<{type}>";
        }

        Assert.Equal("Shop.Box<Shop.Box<Shop.Box<Shop.Box<…>>>>", SourceNames.Type(type));
    }

    [Theory]
    [InlineData("A<")]
    [InlineData("<")]
    [InlineData("A[[")]
    [InlineData("A`1[")]
    public void Type_HostileName_IsCutAndNotFollowed(string piece)
    {
        string name = SourceNames.Type(string.Concat(Enumerable.Repeat(piece, 20_000)));

        Assert.Equal(SourceNames.LongestName, name.Length);
        Assert.EndsWith("…", name, StringComparison.Ordinal);
    }
}
