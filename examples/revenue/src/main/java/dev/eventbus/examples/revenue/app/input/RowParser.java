/*
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.eventbus.examples.revenue.app.input;

import dev.eventbus.examples.revenue.event.Document;
import dev.eventbus.examples.revenue.event.InvoiceKind;
import dev.eventbus.examples.revenue.event.InvoiceLine;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes a row of fields, or says what is wrong with them. Immutable. */
final class RowParser {
    private static final Pattern NUMBER = Pattern.compile("([CA]?)[0-9]{1,20}");
    private static final Pattern PRICE = Pattern.compile("-?[0-9]{1,12}(\\.[0-9]{1,6})?");
    private static final Pattern CUSTOMER = Pattern.compile("([0-9]{1,20})(\\.0)?");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss")
            .withResolverStyle(ResolverStyle.STRICT);

    Row parse(long line, List<String> fields) throws MalformedRowException {
        if (fields.size() != Column.values().length) {
            throw new MalformedRowException("has " + fields.size() + " columns instead of " + Column.values().length);
        }
        for (Column column : Column.values()) {
            requirePrintable(column, column.of(fields));
        }
        return new Row(line, document(fields), item(fields));
    }

    private static Document document(List<String> fields) throws MalformedRowException {
        Matcher number = match(fields, Column.INVOICE_NO, NUMBER, "must be digits, or C or A and digits");
        InvoiceKind kind = switch (number.group(1)) {
            case "C" -> InvoiceKind.CREDIT_NOTE;
            case "A" -> InvoiceKind.ADJUSTMENT;
            default -> InvoiceKind.INVOICE;
        };
        return Document.of(number.group(), kind, date(fields), customer(fields), notBlank(fields, Column.COUNTRY));
    }

    private static InvoiceLine item(List<String> fields) throws MalformedRowException {
        String price = match(fields, Column.UNIT_PRICE, PRICE, "must be a decimal number such as 2.55").group();
        return new InvoiceLine(notBlank(fields, Column.STOCK_CODE), Column.DESCRIPTION.of(fields), quantity(fields),
                new BigDecimal(price));
    }

    private static int quantity(List<String> fields) throws MalformedRowException {
        try {
            return Integer.parseInt(Column.QUANTITY.of(fields));
        } catch (NumberFormatException notANumber) {
            throw malformed(fields, Column.QUANTITY, "must be a whole number of at most 2147483647");
        }
    }

    private static LocalDate date(List<String> fields) throws MalformedRowException {
        try {
            return LocalDateTime.parse(Column.INVOICE_DATE.of(fields), DATE).toLocalDate();
        } catch (DateTimeParseException notADate) {
            throw malformed(fields, Column.INVOICE_DATE, "must be a time such as 2010-12-01 08:26:00");
        }
    }

    private static @Nullable String customer(List<String> fields) throws MalformedRowException {
        if (Column.CUSTOMER_ID.of(fields).isEmpty()) {
            return null;
        }
        return match(fields, Column.CUSTOMER_ID, CUSTOMER, "must be digits or empty").group(1);
    }

    private static String notBlank(List<String> fields, Column column) throws MalformedRowException {
        if (column.of(fields).isBlank()) {
            throw new MalformedRowException(column.title() + " is empty");
        }
        return column.of(fields);
    }

    private static Matcher match(List<String> fields, Column column, Pattern pattern, String rule)
            throws MalformedRowException {
        Matcher matcher = pattern.matcher(notBlank(fields, column));
        if (!matcher.matches()) {
            throw malformed(fields, column, rule);
        }
        return matcher;
    }

    // Reasons and names are printed: nothing that forges a line or drives a terminal may get that far.
    private static void requirePrintable(Column column, String value) throws MalformedRowException {
        if (value.length() > column.maxLength()) {
            throw new MalformedRowException(column.title() + " has " + value.length() + " characters, more than "
                    + column.maxLength());
        }
        if (column != Column.DESCRIPTION && value.chars().anyMatch(RowParser::isUnprintable)) {
            throw new MalformedRowException(column.title() + " holds characters that cannot be printed");
        }
    }

    private static boolean isUnprintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static MalformedRowException malformed(List<String> fields, Column column, String rule) {
        return new MalformedRowException(column.title() + " '" + column.of(fields) + "' " + rule);
    }
}
