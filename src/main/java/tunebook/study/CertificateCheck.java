package tunebook.study;

import java.util.LinkedHashMap;
import java.util.Map;
import tunebook.core.TunebookException;
import tunebook.study.Certificate.About;
import tunebook.study.Certificate.Content;
import tunebook.study.Certificate.Form;

/** Whether a certificate is about a study; the question and how many seeds may be others. */
record CertificateCheck(String where) {
    /**
     * @throws TunebookException if weights, data, limit or recipes are others
     */
    void of(Certificate certificate, Study study) {
        About was = certificate.study();
        About is = About.of(study);
        same("weights", was.backbone(), is.backbone());
        same("data", was.data(), is.data());
        Map<String, Form> forms = new LinkedHashMap<>();
        certificate.runs().forEach(run -> forms.put(run.recipe(), run.form()));
        same(forms, Form.of(study));
        if (was.tokens() != is.tokens())
            throw new TunebookException(
                    where,
                    "is about at most " + was.tokens() + " tokens, the study about " + is.tokens(),
                    "call .limit(" + was.tokens() + ")");
    }

    private void same(String what, Content was, Content is) {
        if (was.sha256().equals(is.sha256())) return;
        throw new TunebookException(
                where,
                "is about other " + what + ": " + was + ", the study has " + is,
                "give the study the " + what + " that the certificate was made with");
    }

    private void same(Map<String, Form> were, Map<String, Form> are) {
        if (!were.keySet().equals(are.keySet()))
            throw new TunebookException(
                    where,
                    "is about other recipes: " + were.keySet() + ", the study has " + are.keySet(),
                    "give the study the same recipes and controls, under the same names");
        were.forEach(
                (name, was) -> {
                    if (!was.equals(are.get(name)))
                        throw new TunebookException(
                                where,
                                name + " was " + was + ", in the study it is " + are.get(name),
                                "give the study the recipe as it was");
                });
    }
}
