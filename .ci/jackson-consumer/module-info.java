module consumer {
    requires com.fasterxml.jackson.databind;
    requires dev.eventbus.jackson;

    opens consumer to tools.jackson.databind;
}
