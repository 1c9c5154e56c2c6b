namespace Limpet.Tracking;

/// <summary>What a delegate holds: a variable that its lambda captured, or the object that its method belongs to.</summary>
/// <param name="Method">The method that the delegate calls.</param>
/// <param name="Name">Name of the variable; <c>this</c> for the object of the method or of the method that the lambda stands in.</param>
/// <param name="Field">The fields through which it is held, such as <c>_target.order</c>.</param>
/// <param name="Type">Type of the variable, in C# spelling.</param>
/// <param name="IsNull">Whether it is null now, and so holds nothing.</param>
public sealed record CapturedVariable(string Method, string Name, string Field, string Type, bool IsNull);
